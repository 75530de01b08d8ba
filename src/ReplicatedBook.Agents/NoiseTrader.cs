using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Agents;

/// <summary>Places small limit orders of either side around the middle of the book, some of which trade at once. The
/// same seed and the same books give the same orders. One caller at a time.</summary>
public sealed class NoiseTrader : IAgent
{
    private readonly TradingDesk _desk;
    private readonly NoiseSettings _settings;
    private readonly Random _draws;
    private readonly Queue<OwnOrder> _orders = new();

    /// <summary>A trader without orders.</summary>
    /// <param name="desk">Through which it trades; for it alone.</param>
    /// <param name="settings">How it trades.</param>
    /// <exception cref="ArgumentException">A setting does not fit the market's steps.</exception>
    public NoiseTrader(TradingDesk desk, NoiseSettings settings)
    {
        desk.Market.RequireQuantity(settings.MaxQuantity, "quantity");
        Market.RequirePositive(settings.Mid, "mid price");
        if (settings.Range < desk.Market.Tick || settings.MaxOrders < 1)
        {
            throw new ArgumentException("the range must be a tick or more, and there must be an order or more");
        }

        (_desk, _settings, _draws) = (desk, settings, new Random(settings.Seed));
    }

    /// <inheritdoc/>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (!await LeaveAsync(_settings.MaxOrders - 1, cancellation).ConfigureAwait(false)
            || await _desk.ReadBestAsync(cancellation).ConfigureAwait(false) is not { } best)
        {
            return TradingDesk.Retry;
        }

        var order = _desk.NewOrder(Draw(best.Middle ?? _settings.Mid));
        _orders.Enqueue(order);
        var decision = await _desk.SendAsync(order, cancellation).ConfigureAwait(false);
        return decision == Decision.Undecided ? TradingDesk.Retry : _settings.Interval;
    }

    /// <inheritdoc/>
    public Task<bool> StopAsync(CancellationToken cancellation) => LeaveAsync(0, cancellation);

    private OrderTerms Draw(decimal middle)
    {
        var market = _desk.Market;
        var side = _draws.Next(2) == 0 ? OrderTerms.Buy : OrderTerms.Sell;
        var ticks = (long)(_settings.Range / market.Tick);
        var price = market.PriceAtMost(middle) + (_draws.NextInt64(-ticks, ticks + 1) * market.Tick);
        var lots = _draws.NextInt64(1, (long)(_settings.MaxQuantity / market.Lot) + 1);
        return new OrderTerms(side, Math.Max(price, market.Tick), lots * market.Lot, null, false);
    }

    /// <summary>Takes the oldest orders out of the book until there are no more than these.</summary>
    private async Task<bool> LeaveAsync(int most, CancellationToken cancellation)
    {
        while (_orders.Count > most)
        {
            if (!await _desk.WithdrawAsync(_orders.Peek(), cancellation).ConfigureAwait(false))
            {
                return false;
            }

            _orders.Dequeue();
        }

        return true;
    }
}
