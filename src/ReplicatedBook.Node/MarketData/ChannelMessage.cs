namespace ReplicatedBook.Node.MarketData;

/// <summary>One message of a channel. All that an entry of the log did to the channel is in one message.</summary>
/// <param name="Type">snapshot, delta, update, or overrun.</param>
/// <param name="Index">Log index after which it is so.</param>
/// <param name="PrevIndex">Index of the channel's message before it; 0 for a snapshot.</param>
/// <param name="Data">One JSON value; empty with an overrun.</param>
internal readonly record struct ChannelMessage(
    string Type, long Index, long PrevIndex, ReadOnlyMemory<byte> Data)
{
    /// <summary>All there is; what was known before is to be forgotten.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>What has changed, to be put into what is known.</summary>
    public const string Delta = "delta";

    /// <summary>What has happened, or how it is now.</summary>
    public const string Update = "update";

    /// <summary>The reader was too slow; a snapshot follows.</summary>
    public const string Overrun = "overrun";
}
