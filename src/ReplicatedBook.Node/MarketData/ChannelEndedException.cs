namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel has come to its end on the node's part.</summary>
/// <param name="why">Why.</param>
internal sealed class ChannelEndedException(ChannelEnd why) : Exception($"the channel has ended: {why}")
{
    public ChannelEnd Why => why;
}
