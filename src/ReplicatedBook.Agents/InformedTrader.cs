using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Agents;

/// <summary>Knows a true price, a walk drawn from a seed, and takes what others offer further away from it than a
/// margin; it never rests in the book. One caller at a time.</summary>
public sealed class InformedTrader : IAgent
{
    private readonly TradingDesk _desk;
    private readonly InformedSettings _settings;
    private readonly Random _draws;
    private OwnOrder? _order;

    /// <summary>A trader at the beginning of its walk.</summary>
    /// <param name="desk">Through which it trades; for it alone.</param>
    /// <param name="settings">How it trades.</param>
    /// <exception cref="ArgumentException">A setting does not fit the market's steps.</exception>
    public InformedTrader(TradingDesk desk, InformedSettings settings)
    {
        desk.Market.RequireQuantity(settings.Quantity, "quantity");
        if (settings.Walk < desk.Market.Tick || settings.Margin < 0)
        {
            throw new ArgumentException("the walk must be a tick or more, and the margin not below 0");
        }

        (_desk, _settings, _draws) = (desk, settings, new Random(settings.Seed));
        TruePrice = desk.Market.PriceAtLeast(Market.RequirePositive(settings.Mid, "mid price"));
    }

    /// <summary>What it holds for right; a multiple of the tick, never below one.</summary>
    public decimal TruePrice { get; private set; }

    /// <inheritdoc/>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (!await StopAsync(cancellation).ConfigureAwait(false)
            || await _desk.ReadBestAsync(cancellation).ConfigureAwait(false) is not { } best)
        {
            return TradingDesk.Retry;
        }

        Walk();
        if (Terms(best) is not { } terms)
        {
            return _settings.Interval;
        }

        _order = _desk.NewOrder(terms);
        var decision = await _desk.SendAsync(_order, cancellation).ConfigureAwait(false);
        return decision == Decision.Undecided ? TradingDesk.Retry : _settings.Interval;
    }

    /// <inheritdoc/>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        if (_order is not null && await _desk.WithdrawAsync(_order, cancellation).ConfigureAwait(false))
        {
            _order = null;
        }

        return _order is null;
    }

    private void Walk()
    {
        var tick = _desk.Market.Tick;
        var ticks = (long)(_settings.Walk / tick);
        TruePrice = Math.Max(tick, TruePrice + (_draws.NextInt64(-ticks, ticks + 1) * tick));
    }

    private OrderTerms? Terms(in BestPrices best)
    {
        var (low, high) = (TruePrice - _settings.Margin, TruePrice + _settings.Margin);
        if (best.Ask < low)
        {
            return Take(OrderTerms.Buy, _desk.Market.PriceAtMost(low));
        }

        return best.Bid > high ? Take(OrderTerms.Sell, _desk.Market.PriceAtLeast(high)) : null;
    }

    private OrderTerms Take(string side, decimal price) => new(side, price, _settings.Quantity, "ioc", false);
}
