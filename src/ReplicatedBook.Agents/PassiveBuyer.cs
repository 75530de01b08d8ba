using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Agents;

/// <summary>Keeps one bid in the book, at its target or a tick below the best ask, whichever is lower, and never takes.
/// A bid that is filled is followed by another; one that is filled in part stays as it is. One caller at a
/// time.</summary>
public sealed class PassiveBuyer : IAgent
{
    private readonly TradingDesk _desk;
    private readonly PassiveBuyerSettings _settings;
    private decimal _target;
    private OwnOrder? _bid;

    /// <summary>A buyer without a bid.</summary>
    /// <param name="desk">Through which it trades; for it alone.</param>
    /// <param name="settings">How it bids.</param>
    /// <exception cref="ArgumentException">The quantity is no multiple of the lot, or the target is not
    /// positive.</exception>
    public PassiveBuyer(TradingDesk desk, PassiveBuyerSettings settings)
    {
        desk.Market.RequireQuantity(settings.Quantity, "quantity");
        (_desk, _settings) = (desk, settings);
        _target = Market.RequirePositive(settings.Target, "target price");
    }

    /// <summary>Bids up to another price from the next look on.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public void UpdateTarget(decimal target) => _target = Market.RequirePositive(target, "target price");

    /// <summary>Looks at the book, and sees to it that the bid is there at the price at which it should be; where there
    /// is no such price, that there is no bid.</summary>
    /// <returns>Whether that is known to be so; otherwise the next look begins with what is in doubt.</returns>
    public async Task<bool> EnsureAsync(CancellationToken cancellation)
    {
        if ((_bid is not null && !await _desk.LookAsync(_bid, cancellation).ConfigureAwait(false))
            || await _desk.ReadBestAsync(cancellation).ConfigureAwait(false) is not { } best)
        {
            return false;
        }

        var market = _desk.Market;
        var price = market.PriceAtMost(_target);
        if (best.Ask is { } ask)
        {
            price = Math.Min(price, ask - market.Tick);
        }

        if (_bid is { State: OwnOrderState.Open } open && open.Terms.Price == price)
        {
            return true;
        }

        if (!await CancelAsync(cancellation).ConfigureAwait(false))
        {
            return false;
        }

        if (price <= 0)
        {
            _desk.Tell(AgentAction.Idle, "there is no price to bid at");
            return true;
        }

        _bid = _desk.NewOrder(OrderTerms.Quote(OrderTerms.Buy, price, _settings.Quantity));
        return await _desk.SendAsync(_bid, cancellation).ConfigureAwait(false) != Decision.Undecided;
    }

    /// <summary>Takes the bid out of the book.</summary>
    /// <returns>Whether it is surely not there.</returns>
    public async Task<bool> CancelAsync(CancellationToken cancellation)
    {
        if (_bid is not null && await _desk.WithdrawAsync(_bid, cancellation).ConfigureAwait(false))
        {
            _bid = null;
        }

        return _bid is null;
    }

    /// <inheritdoc/>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation) =>
        await EnsureAsync(cancellation).ConfigureAwait(false) ? _settings.Interval : TradingDesk.Retry;

    /// <inheritdoc/>
    public Task<bool> StopAsync(CancellationToken cancellation) => CancelAsync(cancellation);
}
