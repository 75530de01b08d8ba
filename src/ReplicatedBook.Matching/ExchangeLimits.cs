namespace ReplicatedBook.Matching;

/// <summary>How much the replicated state may hold; equal on all nodes of a cluster, part of every snapshot.</summary>
public sealed record ExchangeLimits
{
    /// <summary>Request keys kept before old ones are forgotten (API.md 1.2). Default 1,000,000.</summary>
    public int MaxRequestKeys { get; init; } = 1_000_000;

    /// <summary>Bytes of stored answers before old ones are forgotten. Default 256 MiB.</summary>
    public long MaxRequestBytes { get; init; } = 256L << 20;

    /// <summary>How long a request key is kept at least, in microseconds of cluster time. Default 10 minutes (API.md
    /// 1.2).</summary>
    public long MinRequestKeyAge { get; init; } = 600_000_000;

    /// <summary>Closed orders kept per account (API.md 2.6). Default 100,000.</summary>
    public int MaxClosedOrdersPerAccount { get; init; } = 100_000;

    /// <summary>Closed orders kept in all, the oldest forgotten first. Default 1,000,000.</summary>
    public int MaxClosedOrders { get; init; } = 1_000_000;

    /// <summary>Trades kept for readers and for the fills of orders. Default 131,072.</summary>
    public int MaxTrades { get; init; } = 1 << 17;

    /// <summary>Open orders in all books together. Default 4,000,000.</summary>
    public int MaxOpenOrders { get; init; } = 4_000_000;

    /// <summary>Open orders of one account, from feature level 3 on. Default 100,000.</summary>
    public int MaxOpenOrdersPerAccount { get; init; } = 100_000;

    /// <summary>Accounts. Default 1,000,000.</summary>
    public int MaxAccounts { get; init; } = 1_000_000;

    /// <summary>Assets. Default 10,000.</summary>
    public int MaxAssets { get; init; } = 10_000;

    /// <summary>Instruments. Default 10,000.</summary>
    public int MaxInstruments { get; init; } = 10_000;

    /// <summary>Users, from feature level 6 on. Default 1,000,000.</summary>
    public int MaxUsers { get; init; } = 1_000_000;

    /// <summary>API keys of one user that are not revoked. Default 32.</summary>
    public int MaxApiKeysPerUser { get; init; } = 32;

    /// <summary>Sessions of one user; the oldest gives way to a new one. Default 32.</summary>
    public int MaxSessionsPerUser { get; init; } = 32;

    /// <summary>Signing keys, the retired among them; the one retired first gives way to a new one. Default
    /// 256.</summary>
    public int MaxSigningKeys { get; init; } = 256;

    /// <summary>Audit records kept for readers; their chain of hashes goes on without the older ones. Default
    /// 65,536.</summary>
    public int MaxAuditRecords { get; init; } = 1 << 16;

    /// <summary>Sessions of orders that are open or still have orders, from feature level 7 on. Default
    /// 16,384.</summary>
    public int MaxOrderSessions { get; init; } = 1 << 14;

    /// <summary>Those of one user; without authentication all are of one. Default 4,096.</summary>
    public int MaxOrderSessionsPerUser { get; init; } = 1 << 12;

    /// <summary>Whether every limit is at least 1 and small enough for what it bounds to be kept in one
    /// array.</summary>
    internal bool AreValid =>
        MaxRequestKeys is >= 1 and <= 1 << 28
        && MaxRequestBytes is >= 1 and <= 1 << 29
        && MinRequestKeyAge >= 0
        && MaxClosedOrdersPerAccount is >= 1 and <= 1 << 23
        && MaxClosedOrders is >= 1 and <= 1 << 23
        && MaxTrades is >= 1 and <= 1 << 23
        && MaxOpenOrders is >= 1 and <= 1 << 23
        && MaxOpenOrdersPerAccount is >= 1 and <= 1 << 23
        && MaxAccounts is >= 1 and <= 1 << 24
        && MaxAssets is >= 1 and <= 1 << 20
        && MaxInstruments is >= 1 and <= 1 << 20
        && MaxUsers is >= 1 and <= 1 << 24
        && MaxApiKeysPerUser is >= 1 and <= 1 << 10
        && MaxSessionsPerUser is >= 1 and <= 1 << 10
        && MaxSigningKeys is >= 1 and <= 1 << 12
        && MaxAuditRecords is >= 1 and <= 1 << 23
        && MaxOrderSessions is >= 1 and <= 1 << 20
        && MaxOrderSessionsPerUser is >= 1 and <= 1 << 20;
}
