using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>Turns the exchange's events into reports under the workload's own order ids.</summary>
/// <param name="reports">Where to.</param>
internal sealed partial class ReportingEvents(ReportRing reports) : IEventSink
{
    private readonly List<long> _theirs = []; // By how many orders the exchange had accepted before.
    private long _before;

    public ReportRing Reports => reports;

    /// <summary>Which operation is carried out.</summary>
    public long Sequence { get; set; }

    /// <summary>Whether cancel and acceptance are parts of a replacement, which has a report of its own.</summary>
    public bool IsReplacing { get; set; }

    /// <summary>Limit of the order that is being placed: an expiry does not repeat it.</summary>
    public long Price { get; set; }

    /// <summary>The exchange's id of the order that was taken in last.</summary>
    public long LastOurs => _before + _theirs.Count;

    /// <summary>Forgets all ids.</summary>
    /// <param name="before">Orders that the exchange has accepted so far.</param>
    public void Clear(long before)
    {
        _theirs.Clear();
        _before = before;
    }

    /// <summary>The exchange is about to accept an order.</summary>
    public void Accept(long theirs) => _theirs.Add(theirs);

    /// <summary>The workload's id of an order.</summary>
    public long Theirs(long ours) => _theirs[(int)(ours - _before - 1)];

    /// <inheritdoc/>
    public void On(in OrderAccepted e)
    {
        if (!IsReplacing)
        {
            reports.Add(
                ReportKind.Accepted, e.Side == Side.Buy, Sequence, Theirs(e.Order.Value), e.LimitPrice.Ticks,
                e.Quantity.Lots);
        }
    }

    /// <inheritdoc/>
    public void On(in Trade e) => reports.AddTrade(
        Sequence, Theirs(e.MakerOrder.Value), Theirs(e.TakerOrder.Value), e.Price.Ticks, e.Quantity.Lots);

    /// <inheritdoc/>
    public void On(in OrderCanceled e)
    {
        if (!IsReplacing)
        {
            reports.Add(
                ReportKind.Canceled, e.Side == Side.Buy, Sequence, Theirs(e.Order.Value), e.LimitPrice.Ticks, 0);
        }
    }

    /// <inheritdoc/>
    public void On(in OrderExpired e) =>
        reports.Add(ReportKind.Canceled, e.Side == Side.Buy, Sequence, Theirs(e.Order.Value), Price, 0);

    /// <inheritdoc/>
    public void BelongsTo(int market, long sequence)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderRejected e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderAmended e)
    {
    }

    /// <inheritdoc/>
    public void On(in BalanceChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in InstrumentChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in AccountChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in AssetChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderConditions e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderTriggered e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderReplenished e)
    {
    }

    /// <inheritdoc/>
    public void On(in InstrumentRulesChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in CancelAfterChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketChanged e)
    {
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketDescribed e)
    {
    }

    /// <inheritdoc/>
    public void On(in OutcomeListed e)
    {
    }

    /// <inheritdoc/>
    public void On(in SetSplit e)
    {
    }

    /// <inheritdoc/>
    public void On(in SetMerged e)
    {
    }

    /// <inheritdoc/>
    public void On(in OutcomePayoutSet e)
    {
    }

    /// <inheritdoc/>
    public void On(in PositionSettled e)
    {
    }

    /// <inheritdoc/>
    public void On(in PredictionMarketSettled e)
    {
    }
}
