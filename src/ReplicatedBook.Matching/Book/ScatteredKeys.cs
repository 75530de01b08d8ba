namespace ReplicatedBook.Matching.Book;

/// <summary>Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): spreads any pattern of keys.</summary>
internal readonly struct ScatteredKeys : IKeySpread
{
    /// <inheritdoc/>
    public static int Home(long key, int mask, int shift) => (int)((ulong)key * 0x9E3779B97F4A7C15UL >> shift);
}
