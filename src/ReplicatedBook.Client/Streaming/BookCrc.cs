namespace ReplicatedBook.Client.Streaming;

/// <summary>The checksum of books (API.md 2.7): CRC-32 (IEEE 802.3) over the digits of numbers, without point and
/// leading zeros.</summary>
internal static class BookCrc
{
    /// <summary>Where to begin.</summary>
    public const uint Start = uint.MaxValue;

    private const uint Polynomial = 0xEDB88320;

    /// <summary>Takes one more number.</summary>
    public static uint Append(uint state, string number)
    {
        var isLeading = true;
        foreach (var character in number)
        {
            if (character == '.' || (isLeading && character == '0'))
            {
                continue;
            }

            isLeading = false;
            state ^= character;
            for (var bit = 0; bit < 8; bit++)
            {
                state = (state & 1) == 0 ? state >> 1 : (state >> 1) ^ Polynomial;
            }
        }

        return state;
    }

    /// <summary>The checksum of all that was taken.</summary>
    public static uint Finish(uint state) => ~state;
}
