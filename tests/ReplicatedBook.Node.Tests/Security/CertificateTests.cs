using Microsoft.Extensions.Logging.Abstractions;
using ReplicatedBook.Cli;
using ReplicatedBook.Cli.Init;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: what is wrong with a certificate is said when the node starts, and a change of it while it runs never
/// leaves it without one. Method: files of every wrong kind.</summary>
public sealed class CertificateTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    public CertificateTests() => _ = _certificates.FlagsOf("n1");

    [Fact]
    public void A_key_that_everybody_may_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights of files are other ones there");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                Of("peer.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        Refused("chmod 600");
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        File.Copy(Of("api.key"), Of("peer.key"), overwrite: true);
        Refused("peer.key");
    }

    [Theory]
    [InlineData("peer.crt")]
    [InlineData("peer.key")]
    public void A_file_that_is_not_there_is_refused(string name)
    {
        File.Delete(Of(name));
        Refused(name);
    }

    [Fact]
    public void A_file_without_a_certificate_is_refused()
    {
        File.WriteAllText(Of("peer.crt"), "");
        Refused("holds no certificate");
    }

    [Fact]
    public void A_certificate_that_has_ended_is_refused()
    {
        using var authority = CertificateAuthority.Create("test");
        _certificates.Write("n1", "peer", authority.IssueForPeers(
            new InitNode("n1", "a:1", "a:2"), TimeSpan.FromMinutes(-30)));
        Refused("not now");
    }

    [Fact]
    public void The_certificate_of_another_node_is_refused() => Refused("that of node n1", self: "n2");

    [Fact]
    public void A_certificate_that_is_no_nodes_is_refused()
    {
        File.Copy(Of("api.crt"), Of("peer.crt"), overwrite: true);
        File.Copy(Of("api.key"), Of("peer.key"), overwrite: true);
        Refused("no node's");
    }

    [Fact]
    public void An_encrypted_key_is_opened_with_its_password_alone()
    {
        var plain = File.ReadAllText(Of("peer.key"));
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(plain);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("open-sesame", new(
            System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc,
            System.Security.Cryptography.HashAlgorithmName.SHA256, 1_000));
        PrivateFiles.Replace(Of("peer.key"), System.Text.Encoding.ASCII.GetBytes(encrypted));

        Refused("peer.key");
        Refused("peer.key", password: "other");
        Assert.NotNull(Read(password: "open-sesame").Current);
    }

    [Fact]
    public void While_only_one_of_two_files_is_new_the_old_certificate_goes_on()
    {
        var files = Read();
        var first = files.Current;
        using var other = new TestCertificates();
        _ = other.FlagsOf("n1");

        File.Copy(other.FileOf("n1", "peer.key"), Of("peer.key"), overwrite: true);
        Assert.Same(first, files.Current);
        File.Copy(other.FileOf("n1", "peer.crt"), Of("peer.crt"), overwrite: true);
        Assert.NotEqual(first.Leaf.SerialNumber, files.Current.Leaf.SerialNumber);
        Assert.Same(files.Current, files.Current);
        File.Delete(Of("peer.crt"));
        Assert.NotNull(files.Current);
    }

    public void Dispose() => _certificates.Dispose();

    private string Of(string name) => _certificates.FileOf("n1", name);

    private void Refused(string named, string self = "n1", string? password = null) =>
        Assert.Contains(
            named, Assert.Throws<ConfigurationRefusedException>(() => Read(self, password)).Message,
            StringComparison.Ordinal);

    private CertificateFiles Read(string self = "n1", string? password = null) => new(
        new PeerTlsOptions
        {
            CertificateFile = Of("peer.crt"),
            KeyFile = Of("peer.key"),
            KeyPassword = password,
            AuthorityFile = Path.Combine(_certificates.Folder, "ca.crt"),
        },
        new NodeName("test", self), NullLogger.Instance);
}
