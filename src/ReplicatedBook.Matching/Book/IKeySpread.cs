namespace ReplicatedBook.Matching.Book;

/// <summary>Where a key belongs in a table of a power of two of places.</summary>
internal interface IKeySpread
{
    /// <summary>The place, from 0 to <paramref name="mask"/>; <paramref name="shift"/> is 64 less the table's
    /// bits.</summary>
    static abstract int Home(long key, int mask, int shift);
}
