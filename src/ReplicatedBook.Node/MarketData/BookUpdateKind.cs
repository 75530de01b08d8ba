namespace ReplicatedBook.Node.MarketData;

/// <summary>What a follower of a book is told.</summary>
internal enum BookUpdateKind
{
    /// <summary>All lines; what was known before is to be forgotten.</summary>
    Snapshot,

    /// <summary>The lines that have changed.</summary>
    Delta,

    /// <summary>The follower's place was lost; a snapshot follows.</summary>
    Overrun,
}
