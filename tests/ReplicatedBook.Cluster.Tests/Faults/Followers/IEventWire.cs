namespace ReplicatedBook.Cluster.Tests.Faults.Followers;

/// <summary>A transport that gives the orders of the book at an index, and the feed from one on.</summary>
internal interface IEventWire
{
    /// <summary>The resting orders of the market, and the index after which they are so.</summary>
    /// <exception cref="IOException">The connection is lost, or the node refuses it.</exception>
    Task<(long Index, IReadOnlyList<RestingOrder> Orders)> SnapshotAsync(Uri node, CancellationToken cancellation);

    /// <summary>Every event from an index on, until the connection ends.</summary>
    /// <exception cref="IOException">The connection is lost, or the node ends the feed.</exception>
    IAsyncEnumerable<ToldEvent> EventsAsync(Uri node, long fromIndex, CancellationToken cancellation);
}
