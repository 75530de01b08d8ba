namespace ReplicatedBook.Contracts.Http;

/// <summary>Body of PATCH /v1/orders/{order_id}: at least one of price and quantity.</summary>
public sealed record AmendOrderRequest
{
    /// <summary>New limit; absent leaves it.</summary>
    public string? Price { get; init; }

    /// <summary>New total quantity, what is filled included; absent leaves it.</summary>
    public string? Quantity { get; init; }

    /// <summary>Refused unless so much remains; absent for any.</summary>
    public string? ExpectedRemaining { get; init; }
}
