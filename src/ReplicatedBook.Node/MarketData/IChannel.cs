namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel of API.md section 3, opened for one reader who may read it.</summary>
internal interface IChannel
{
    /// <summary>Whether it tells what is somebody's own: such a channel ends where others say overrun.</summary>
    bool IsPrivate { get; }

    /// <summary>Reads it, as fast as the reader asks for more and no faster. To be called once.</summary>
    /// <param name="fromIndex">Only what comes after this index, the last that the reader has of this channel; null to
    /// begin with what is now.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ChannelEndedException">While it is read: the node ends the channel.</exception>
    /// <exception cref="Replication.ReplicaStoppedException">The node is stopping.</exception>
    IAsyncEnumerable<ChannelMessage> FollowAsync(long? fromIndex, CancellationToken cancellation);
}
