using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace ReplicatedBook.Node.Security;

/// <summary>The one-time token of a file that only the node's own user can read. It is read when it is needed, so it
/// may be made after the node has started, and removed once there is an administrator.</summary>
internal sealed class BootstrapToken
{
    private const int MinLength = 32;
    private const int MaxLength = 256;

    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    private readonly byte[] _hash;

    private BootstrapToken(string text) => _hash = HashOf(text);

    /// <summary>Reads the file.</summary>
    /// <returns>Null where there is none, it has no token of at least 32 characters, or others could have read
    /// it.</returns>
    public static BootstrapToken? Read(string? path)
    {
        try
        {
            if (path is null || (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0))
            {
                return null;
            }

            var text = File.ReadAllText(path).Trim();
            return text.Length is >= MinLength and <= MaxLength ? new BootstrapToken(text) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a header carries it; takes equally long whatever differs.</summary>
    public bool Matches(StringValues header) => header is [{ } given]
        && BearerScheme.CredentialOf(given) is { } token
        && CryptographicOperations.FixedTimeEquals(HashOf(token.Trim()), _hash);

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
