namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/orders/batch: orders of one log entry, applied in order.</summary>
public sealed record PlaceBatchRequest
{
    /// <summary>1 to 100 orders and bets.</summary>
    public required IReadOnlyList<PlaceOrderRequest> Orders { get; init; }

    /// <summary>All or nothing: if one would be refused, none is placed; not with bets. Default false.</summary>
    public bool? Atomic { get; init; }
}
