using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An event with its market as readers see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="EventId">Its name.</param>
/// <param name="Title">As given.</param>
/// <param name="Category">As given; may be empty.</param>
/// <param name="Description">As given; may be empty.</param>
/// <param name="Collateral">What is paid for shares.</param>
/// <param name="TickSize">Collateral per share.</param>
/// <param name="PayoutTicks">Ticks of a whole unit: prices are 1 to one less.</param>
/// <param name="ShareScale">Digits after the point of a quantity of shares; one lot is the smallest.</param>
/// <param name="Status">Status now.</param>
/// <param name="Outcomes">In the order in which they were given.</param>
public sealed record PredictionMarketView(
    PredictionMarketId Id,
    string EventId,
    string Title,
    string Category,
    string Description,
    AssetView Collateral,
    DecimalSize TickSize,
    long PayoutTicks,
    int ShareScale,
    PredictionMarketStatus Status,
    IReadOnlyList<OutcomeView> Outcomes)
{
    /// <summary>Whether it has two outcomes, and thus one book for both.</summary>
    public bool IsBinary => Outcomes.Count == 2;

    /// <summary>When it closes by itself; null for never.</summary>
    public Timestamp? ClosesAt { get; init; }

    /// <summary>When it was created.</summary>
    public Timestamp CreatedAt { get; init; }

    /// <summary>Log index that created it.</summary>
    public long CreatedIndex { get; init; }

    /// <summary>When it was resolved or voided; null before.</summary>
    public Timestamp? EndedAt { get; init; }

    /// <summary>Log index of its last change: texts, time of closing, status.</summary>
    public long Version { get; init; }

    /// <summary>Complete sets there are, in lots of shares: while holders are being paid, the shares of the outcome of
    /// which there are most.</summary>
    public Quantity OpenInterest { get; init; }

    /// <summary>Units of the collateral that are locked for the shares.</summary>
    public Amount Pool { get; init; }

    /// <summary>Units of the collateral that could not be shared out when it ended; it keeps them.</summary>
    public Amount Dust { get; init; }

    /// <summary>Parts of a unit that payouts are counted in; 0 before it is resolved.</summary>
    public long PayoutDenominator { get; init; }

    /// <summary>Whether orders are still to be cancelled, or holders to be paid, by the next commands.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>Orders that its end has cancelled so far.</summary>
    public long OrdersCanceled { get; init; }

    /// <summary>Accounts that its end has paid so far.</summary>
    public long AccountsPaid { get; init; }
}
