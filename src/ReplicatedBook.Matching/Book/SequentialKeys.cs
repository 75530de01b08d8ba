namespace ReplicatedBook.Matching.Book;

/// <summary>Neighbouring keys share a cache line: right for ids that come and go in nearly ascending order.</summary>
internal readonly struct SequentialKeys : IKeySpread
{
    /// <inheritdoc/>
    public static int Home(long key, int mask, int shift) => (int)key & mask;
}
