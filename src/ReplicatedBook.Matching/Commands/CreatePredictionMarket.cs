using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Opens an event with its market: an asset (the shares) and an instrument for each outcome, named
/// <c>EventId:OutcomeId</c>.</summary>
/// <remarks>With two outcomes the market is binary: the first one's book is that of both, and an order on the second
/// stands in it on the other side at the payout less its price. With more it is categorical: a book for each.</remarks>
/// <param name="EventId">1 to 40 characters of A-Za-z0-9._-; unique for ever.</param>
/// <param name="Title">For people; UTF-8 without control characters, at most 256 bytes.</param>
/// <param name="Collateral">What is paid for shares; a share of the outcome that comes true is paid one whole unit of
/// it.</param>
/// <param name="TickSize">Collateral per share. One unit is a whole number of ticks, 2 to 262,144; orders have prices
/// above nothing and below one unit.</param>
/// <param name="ShareScale">Digits after the point of a quantity of shares, 0 to 12. One tick of the smallest quantity
/// is a whole number of the collateral's units, so that nothing is ever rounded.</param>
/// <param name="MakerFeeBps">Hundredths of a percent of the traded value, 0 to 10,000. No rebates: in a mint or merge
/// the two sides' values differ, and the venue would have to pay on top.</param>
/// <param name="TakerFeeBps">Likewise for the aggressor.</param>
/// <param name="ClosesAt">When it closes by itself; 0 for never.</param>
/// <param name="Outcomes">2 to 256.</param>
public readonly record struct CreatePredictionMarket(
    string EventId,
    string Title,
    AssetId Collateral,
    DecimalSize TickSize,
    int ShareScale,
    int MakerFeeBps,
    int TakerFeeBps,
    Timestamp ClosesAt,
    IReadOnlyList<OutcomeDefinition> Outcomes)
{
    /// <summary>Fewest outcomes.</summary>
    public const int MinOutcomes = 2;

    /// <summary>Most outcomes.</summary>
    public const int MaxOutcomes = 256;

    /// <summary>Most ticks of a payout.</summary>
    public const int MaxPayoutTicks = 1 << 18;

    /// <summary>For people to find it by; UTF-8 without control characters, at most 64 bytes; may be empty.</summary>
    public string Category { get; init; } = "";

    /// <summary>For people; UTF-8, control characters but line feeds excepted, at most 2,048 bytes; may be
    /// empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it waits to be made active; else it is active at once.</summary>
    public bool IsPending { get; init; }
}
