using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ReplicatedBook.Node.Security;

/// <summary>Random secrets of 32 bytes, in base64url. What is kept of one is its SHA-256: of a secret that cannot be
/// guessed that is enough.</summary>
internal static class Secrets
{
    /// <summary>Characters of a secret.</summary>
    public const int TextLength = 43;

    private const int Bytes = 32;

    /// <summary>A secret that nobody had before.</summary>
    public static string NewText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept of a secret.</summary>
    public static byte[] HashOf(ReadOnlySpan<char> text)
    {
        Span<byte> ascii = stackalloc byte[TextLength];
        Encoding.ASCII.GetBytes(text, ascii);
        return SHA256.HashData(ascii);
    }

    /// <summary>Whether a secret is the one of which this was kept; takes equally long whatever differs.</summary>
    public static bool Match(ReadOnlySpan<char> text, ReadOnlySpan<byte> kept) =>
        CryptographicOperations.FixedTimeEquals(HashOf(text), kept);

    /// <summary>Whether a text has the form of a secret.</summary>
    public static bool IsText(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return text.Length == TextLength
            && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == Bytes;
    }
}
