using ReplicatedBook.Matching.Events;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>Adds up the trades of an exchange and remembers its last order.</summary>
internal sealed partial class TallySink : IEventSink
{
    /// <summary>Of all trades so far.</summary>
    public Totals Totals { get; private set; }

    /// <summary>Id of the order that was accepted last.</summary>
    public long LastOrder { get; private set; }

    /// <summary>Trades of bets so far.</summary>
    public long BetTrades { get; private set; }

    /// <summary>Those of them between bets on different runners.</summary>
    public long ImpliedBetTrades { get; private set; }

    /// <inheritdoc/>
    public void On(in BetMatched e)
    {
        BetTrades++;
        ImpliedBetTrades += e.MakerRunner == e.TakerRunner ? 0 : 1;
    }

    /// <inheritdoc/>
    public void On(in BetRejected e) => throw new InvalidOperationException($"the exchange refused a bet: {e.Reason}");

    /// <inheritdoc/>
    public void On(in OrderAccepted e) => LastOrder = e.Order.Value;

    /// <inheritdoc/>
    public void On(in Trade e) => Totals = new Totals(
        Totals.Trades + 1, Totals.Lots + e.Quantity.Lots,
        checked(Totals.Notional + (e.Price.Ticks * e.Quantity.Lots)));

    /// <inheritdoc/>
    public void BelongsTo(int market, long sequence)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderRejected e) =>
        throw new InvalidOperationException($"the exchange refused an order: {e.Reason}");

    /// <inheritdoc/>
    public void On(in OrderAmended e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderCanceled e)
    {
    }

    /// <inheritdoc/>
    public void On(in OrderExpired e)
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
