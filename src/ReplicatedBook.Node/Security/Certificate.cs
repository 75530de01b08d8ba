using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security;

/// <summary>A certificate with its key, as it was read from its files.</summary>
/// <param name="Context">To be shown to others, with what leads to its authority.</param>
/// <param name="Leaf">The certificate itself.</param>
/// <param name="Authorities">Whose certificates are taken from others; empty where none are asked for.</param>
internal sealed record Certificate(
    SslStreamCertificateContext Context, X509Certificate2 Leaf, X509Certificate2Collection Authorities)
{
    private const UnixFileMode Others =
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads it.</summary>
    /// <param name="certificateFile">PEM; the first certificate in it is the node's own.</param>
    /// <param name="keyFile">PEM.</param>
    /// <param name="keyPassword">Null where the key is not encrypted.</param>
    /// <param name="authorityFile">PEM; null for no authorities.</param>
    /// <exception cref="ConfigurationRefusedException">It cannot be read or used; the message says what is
    /// wrong.</exception>
    public static Certificate Read(
        string certificateFile, string keyFile, string? keyPassword, string? authorityFile)
    {
        RefuseOpenKey(keyFile);
        var chain = ReadAll(certificateFile);
        var leaf = WithKey(certificateFile, keyFile, keyPassword);
        var (begin, end) = (leaf.NotBefore.ToUniversalTime(), leaf.NotAfter.ToUniversalTime());
        if (DateTime.UtcNow < begin || DateTime.UtcNow > end)
        {
            throw new ConfigurationRefusedException(
                $"{certificateFile} is valid from {begin:u} to {end:u}, not now.");
        }

        chain.RemoveAt(0);
        var authorities = authorityFile is null ? [] : ReadAll(authorityFile);
        return new Certificate(SslStreamCertificateContext.Create(leaf, chain, offline: true), leaf, authorities);
    }

    private static void RefuseOpenKey(string keyFile)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(keyFile)
            && (File.GetUnixFileMode(keyFile) & Others) != 0)
        {
            throw new ConfigurationRefusedException(
                $"{keyFile} is a private key that every user of the machine may read or change: chmod 600 it.");
        }
    }

    private static X509Certificate2Collection ReadAll(string file)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPemFile(file);
        }
        catch (Exception failure) when (IsOfFile(failure))
        {
            throw new ConfigurationRefusedException($"Cannot read {file}: {failure.Message}");
        }

        return all.Count > 0 ? all : throw new ConfigurationRefusedException($"{file} holds no certificate.");
    }

    private static X509Certificate2 WithKey(string certificateFile, string keyFile, string? password)
    {
        try
        {
            return password is null
                ? X509Certificate2.CreateFromPemFile(certificateFile, keyFile)
                : X509Certificate2.CreateFromEncryptedPemFile(certificateFile, password, keyFile);
        }
        catch (Exception failure) when (IsOfFile(failure))
        {
            throw new ConfigurationRefusedException(
                $"Cannot use {keyFile} as the key of {certificateFile}: {failure.Message}");
        }
    }

    private static bool IsOfFile(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
