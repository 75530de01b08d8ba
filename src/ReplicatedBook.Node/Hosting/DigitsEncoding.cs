using System.Text;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Reads digits and nothing else, for the header <c>Content-Length</c>: Kestrel reads the number with the
/// rules of .NET, which take <c>+2</c> for 2, where others on the way may take it for nothing.</summary>
internal sealed class DigitsEncoding : Encoding
{
    private const int MaxDigits = 19; // Of a long.
    private const char NoDigit = 'x';

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        throw new NotSupportedException("headers are read with this, and not written");

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    /// <remarks>What is no number of digits becomes a letter, which is no number.</remarks>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.Length > MaxDigits || bytes.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            chars[0] = NoDigit;
            return 1;
        }

        return ASCII.GetChars(bytes, chars);
    }

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount;
}
