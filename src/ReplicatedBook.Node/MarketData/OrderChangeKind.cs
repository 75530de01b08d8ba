namespace ReplicatedBook.Node.MarketData;

/// <summary>What an entry did to an order that rests.</summary>
internal enum OrderChangeKind
{
    /// <summary>It rests no more, or not in its place: then it is among the added, too.</summary>
    Removed,

    /// <summary>It shows other lots, in its place.</summary>
    Changed,

    /// <summary>It rests behind all others of its price.</summary>
    Added,
}
