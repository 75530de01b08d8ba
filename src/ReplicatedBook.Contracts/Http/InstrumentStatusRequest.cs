namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of POST /v1/instruments/{symbol}/status.</summary>
public sealed record InstrumentStatusRequest
{
    /// <summary>open, halted, cancel_only or closed.</summary>
    public required string Status { get; init; }

    /// <summary>Also cancels all that rests. Default false.</summary>
    public bool? CancelOpenOrders { get; init; }
}
