namespace ReplicatedBook.Node.MarketData;

/// <summary>Where a follower is.</summary>
internal sealed class FollowerPlace
{
    /// <summary>Index of the last update; -1 before the first.</summary>
    public long Last { get; set; } = -1;

    /// <summary>Up to this index all was looked at.</summary>
    public long Position { get; set; } = -1;

    /// <summary>Goes to an update's index.</summary>
    public void Set(long index) => (Last, Position) = (index, index);
}
