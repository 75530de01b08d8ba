namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>What happened in a market.</summary>
internal enum MarketEvent
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>A limit order was accepted.</summary>
    Accepted = 1,

    /// <summary>An order met a resting one.</summary>
    Traded = 2,

    /// <summary>A resting order was taken out.</summary>
    Canceled = 3,
}
