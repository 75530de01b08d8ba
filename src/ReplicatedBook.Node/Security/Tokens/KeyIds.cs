using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Names of public keys: the thumbprint of the key (RFC 7638), so that a name can stand for one key
/// only.</summary>
internal static class KeyIds
{
    /// <summary>Characters of a name: SHA-256 in base64url.</summary>
    public const int Length = 43;

    /// <summary>The name of a key on P-256.</summary>
    public static string Of(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var (first, second) = (Base64Url.EncodeToString(x), Base64Url.EncodeToString(y));
        var key = $$"""{"crv":"P-256","kty":"EC","x":"{{first}}","y":"{{second}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(key)));
    }

    public static bool IsKeyId(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return text.Length == Length;
    }
}
