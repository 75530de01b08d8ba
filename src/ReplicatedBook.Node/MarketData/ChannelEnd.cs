namespace ReplicatedBook.Node.MarketData;

/// <summary>Why a channel ends on the node's part.</summary>
internal enum ChannelEnd
{
    /// <summary>The reader's place in a private channel was lost; a WebSocket closes with 4008.</summary>
    Overrun,

    /// <summary>The credential with which it was opened holds no more.</summary>
    CredentialGone,

    /// <summary>The node's state is not the majority's.</summary>
    Diverged,

    /// <summary>The node is stopping, or its market data broke off; another node may go on.</summary>
    Stopping,
}
