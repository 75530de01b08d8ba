using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What would become of a bet if it were placed on the state as it is.</summary>
public sealed record BetPreview
{
    /// <summary><see cref="RejectReason.None"/> when it would be accepted.</summary>
    public required RejectReason Reason { get; init; }

    /// <summary>The bet that it would repeat by its client order id; all else but the reason is empty then.</summary>
    public BetView? Existing { get; init; }

    /// <summary>What it would trade, in order, by the makers' runner and odds.</summary>
    public IReadOnlyList<BetPreviewFill> Fills { get; init; } = [];

    /// <summary>Where it would stand afterwards; pending where it would wait for the bet delay first.</summary>
    public OrderStatus Status { get; init; }

    /// <summary>Why it would be closed; None when it would be open, pending or filled.</summary>
    public StatusReason StatusReason { get; init; }

    /// <summary>Stake that would stay open; zero when it would be closed.</summary>
    public Amount Remaining { get; init; }

    /// <summary>What would be held for that.</summary>
    public Amount Reserved { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what is needed.</summary>
    public Amount Needed { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: what there is.</summary>
    public Amount Available { get; init; }

    /// <summary>With <see cref="RejectReason.InsufficientFunds"/>: of which asset.</summary>
    public AssetId FundsAsset { get; init; }
}
