using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Markets.Prediction;

/// <summary>An event with its market. Assets and instruments of its outcomes have consecutive ids.</summary>
/// <param name="id">Its number.</param>
/// <param name="eventId">Its name.</param>
/// <param name="collateral">Asset that is paid for shares.</param>
/// <param name="tickSize">As given.</param>
/// <param name="shareScale">Digits after the point of a quantity of shares.</param>
/// <param name="payoutTicks">Ticks of a whole unit of collateral.</param>
/// <param name="tickUnits">Units of collateral that one tick of one lot is worth.</param>
/// <param name="firstAsset">Shares of its first outcome.</param>
/// <param name="firstInstrument">Instrument of its first outcome.</param>
/// <param name="outcomes">Its outcomes.</param>
internal sealed class PredictionMarket(
    int id,
    string eventId,
    int collateral,
    DecimalSize tickSize,
    int shareScale,
    long payoutTicks,
    long tickUnits,
    int firstAsset,
    int firstInstrument,
    Outcome[] outcomes)
{
    /// <summary>Its number.</summary>
    public int Id => id;

    /// <summary>Its name.</summary>
    public string EventId => eventId;

    /// <summary>Asset that is paid for shares.</summary>
    public int Collateral => collateral;

    /// <summary>As given.</summary>
    public DecimalSize TickSize => tickSize;

    /// <summary>Digits after the point of a quantity of shares.</summary>
    public int ShareScale => shareScale;

    /// <summary>Ticks of a whole unit of collateral.</summary>
    public long PayoutTicks => payoutTicks;

    /// <summary>Units of collateral that one tick of one lot is worth.</summary>
    public long TickUnits => tickUnits;

    /// <summary>Units of collateral behind one lot of complete sets.</summary>
    public long SetUnits => payoutTicks * tickUnits;

    /// <summary>Shares of its first outcome.</summary>
    public int FirstAsset => firstAsset;

    /// <summary>Instrument of its first outcome.</summary>
    public int FirstInstrument => firstInstrument;

    /// <summary>Its outcomes, to be changed in place.</summary>
    public Outcome[] Outcomes { get; private set; } = outcomes;

    /// <summary>Whether the two outcomes share a book.</summary>
    public bool IsBinary => Outcomes.Length == 2;

    /// <summary>Its events so far; the last one's number.</summary>
    public long LastEvent { get; set; }

    /// <summary>For people.</summary>
    public string Title { get; set; } = "";

    /// <summary>For people; may be empty.</summary>
    public string Category { get; set; } = "";

    /// <summary>For people; may be empty.</summary>
    public string Description { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public PredictionMarketStatus Status { get; set; }

    /// <summary>When it closes by itself, in microseconds; 0 for never.</summary>
    public long ClosesAt { get; set; }

    /// <summary>Log index that created it.</summary>
    public long CreatedIndex { get; init; }

    /// <summary>When.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it was resolved, voided or deleted; 0 before.</summary>
    public long EndedAt { get; set; }

    /// <summary>Log index of its last change.</summary>
    public long Version { get; set; }

    /// <summary>Units of collateral behind the shares.</summary>
    public long Pool { get; set; }

    /// <summary>Units of collateral that could not be shared out at its end.</summary>
    public long Dust { get; set; }

    /// <summary>How far its end has come.</summary>
    public SettlingStage Stage { get; set; }

    /// <summary>Holders that the present stage has passed.</summary>
    public int Cursor { get; set; }

    /// <summary>Orders that its end has cancelled.</summary>
    public long OrdersCanceled { get; set; }

    /// <summary>Accounts that its end has paid.</summary>
    public long AccountsPaid { get; set; }

    /// <summary>When it was voided: units shared out among what is no complete set.</summary>
    public long Shared { get; set; }

    /// <summary>When it was voided: the sum of what they are shared out by, which is cost, or shares where nothing has
    /// cost anything.</summary>
    public Int128 Claims { get; set; }

    /// <summary>When it was voided: whether they are shared out by shares.</summary>
    public bool IsByShares { get; set; }

    /// <summary>Who has, or had, shares, in the order in which they came.</summary>
    public List<Holder> Holders { get; private set; } = [];

    /// <summary>Whether it may still trade some time.</summary>
    public bool MayTrade => Status <= PredictionMarketStatus.Paused;

    /// <summary>Parts of a unit that payouts are counted in; 0 before it is resolved.</summary>
    public long PayoutDenominator
    {
        get
        {
            var sum = 0L;
            foreach (ref readonly var outcome in Outcomes.AsSpan())
            {
                sum += outcome.Payout;
            }

            return sum;
        }
    }

    /// <summary>Shares of the outcome of which there are most.</summary>
    public long OpenInterest
    {
        get
        {
            var most = 0L;
            foreach (ref readonly var outcome in Outcomes.AsSpan())
            {
                most = Math.Max(most, outcome.Supply);
            }

            return most;
        }
    }

    /// <summary>Makes complete sets, or unmakes them where the number is negative.</summary>
    public void MakeSets(long lots)
    {
        Pool += lots * SetUnits;
        foreach (ref var outcome in Outcomes.AsSpan())
        {
            outcome.Supply += lots;
        }

        Invariant.Require(Pool >= 0 && Outcomes[0].Supply >= 0, "no more sets are unmade than there are");
    }

    /// <summary>A copy that does not change with it.</summary>
    public PredictionMarket Copy()
    {
        var copy = (PredictionMarket)MemberwiseClone();
        copy.Outcomes = [.. Outcomes];
        copy.Holders = [.. Holders];
        return copy;
    }
}
