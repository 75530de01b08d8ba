namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/orders/{order_id}/reduce, for bets.</summary>
public sealed record ReduceOrderRequest
{
    /// <summary>Unmatched stake to take off: a multiple of the market's stake step, less than what is
    /// unmatched.</summary>
    public required string Reduction { get; init; }
}
