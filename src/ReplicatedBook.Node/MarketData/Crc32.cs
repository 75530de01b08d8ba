namespace ReplicatedBook.Node.MarketData;

/// <summary>CRC-32 as in IEEE 802.3: reflected polynomial 0xEDB88320, all ones before and after.</summary>
internal static class Crc32
{
    /// <summary>Where to begin.</summary>
    public const uint Start = uint.MaxValue;

    private static readonly uint[] Table = MakeTable();

    /// <summary>Takes one more byte.</summary>
    public static uint Append(uint state, byte value) => Table[(byte)(state ^ value)] ^ (state >> 8);

    /// <summary>The checksum of all bytes taken.</summary>
    public static uint Finish(uint state) => ~state;

    private static uint[] MakeTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
            }

            table[i] = value;
        }

        return table;
    }
}
