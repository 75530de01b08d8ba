using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What would become of an order, were it placed on the state as it is.</summary>
public sealed record OrderPreview
{
    /// <summary>None when it would be accepted.</summary>
    public required RejectReason Reason { get; init; }

    /// <summary>The order that it repeats, by its client order id; else null.</summary>
    public OrderView? Existing { get; init; }

    /// <summary>What it would trade at once, by price, best first.</summary>
    public IReadOnlyList<PreviewFill> Fills { get; init; } = [];

    /// <summary>Where it would stand after that.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>Why, when it would be neither open nor filled.</summary>
    public StatusReason StatusReason { get; init; }

    /// <summary>Lots that would stay open; 0 when it would be closed.</summary>
    public Quantity Remaining { get; init; }

    /// <summary>What would be held for those: quote units for a buy, base units for a sell.</summary>
    public Amount Reserved { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what is needed, in units of
    /// <see cref="FundsAsset"/>.</summary>
    public Amount Needed { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what is available.</summary>
    public Amount Available { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: of which asset; 0 otherwise.</summary>
    public AssetId FundsAsset { get; init; }
}
