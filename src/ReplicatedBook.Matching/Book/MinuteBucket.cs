namespace ReplicatedBook.Matching.Book;

/// <summary>The trades of one minute of cluster time.</summary>
internal struct MinuteBucket
{
    /// <summary>Whole minutes since 1970.</summary>
    public long Minute;

    /// <summary>Price of its first trade.</summary>
    public long Open;

    /// <summary>Highest price.</summary>
    public long High;

    /// <summary>Lowest price.</summary>
    public long Low;

    /// <summary>Lots; stays at the largest 64-bit number rather than leave 64 bits.</summary>
    public long Volume;
}
