using ReplicatedBook.Agents.Trading;

namespace ReplicatedBook.Agents;

/// <summary>Offers to buy below a price and to sell above it. Each step takes both quotes out of the book and puts
/// them in anew, so there are never more than two; neither ever takes what others offer. One caller at a
/// time.</summary>
public sealed class MarketMaker : IAgent
{
    private readonly TradingDesk _desk;
    private readonly MarketMakerSettings _settings;
    private decimal _mid;
    private OwnOrder? _bid;
    private OwnOrder? _ask;

    /// <summary>A market maker without quotes.</summary>
    /// <param name="desk">Through which it trades; for it alone.</param>
    /// <param name="settings">How it quotes.</param>
    /// <exception cref="ArgumentException">The quantity is no multiple of the lot, or a price is not
    /// positive.</exception>
    public MarketMaker(TradingDesk desk, MarketMakerSettings settings)
    {
        desk.Market.RequireQuantity(settings.Quantity, "quantity");
        Market.RequirePositive(settings.Spread, "spread");
        (_desk, _settings) = (desk, settings);
        _mid = Market.RequirePositive(settings.Mid, "mid price");
    }

    /// <summary>Quotes around another price from the next refresh on.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public void SetMid(decimal mid) => _mid = Market.RequirePositive(mid, "mid price");

    /// <summary>Takes both quotes out of the book, looks at it, and quotes anew.</summary>
    /// <returns>Whether all of it is known to be done; otherwise the next refresh begins with what is in
    /// doubt.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        if (!await CancelAllAsync(cancellation).ConfigureAwait(false)
            || await _desk.ReadBestAsync(cancellation).ConfigureAwait(false) is not { } best)
        {
            return false;
        }

        var market = _desk.Market;
        var bid = market.PriceAtMost(_mid - _settings.Spread);
        var ask = market.PriceAtLeast(_mid + _settings.Spread);
        if (best.Ask is { } lowest)
        {
            bid = Math.Min(bid, lowest - market.Tick);
        }

        if (best.Bid is { } highest)
        {
            ask = Math.Max(ask, highest + market.Tick);
        }

        _bid = bid > 0 ? _desk.NewOrder(OrderTerms.Quote(OrderTerms.Buy, bid, _settings.Quantity)) : null;
        _ask = _desk.NewOrder(OrderTerms.Quote(OrderTerms.Sell, ask, _settings.Quantity));
        return await SendAsync(_bid, cancellation).ConfigureAwait(false)
            & await SendAsync(_ask, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes both quotes out of the book.</summary>
    /// <returns>Whether both are surely not there.</returns>
    public async Task<bool> CancelAllAsync(CancellationToken cancellation)
    {
        _bid = await WithdrawAsync(_bid, cancellation).ConfigureAwait(false);
        _ask = await WithdrawAsync(_ask, cancellation).ConfigureAwait(false);
        return _bid is null && _ask is null;
    }

    /// <inheritdoc/>
    public async Task<TimeSpan> StepAsync(CancellationToken cancellation) =>
        await RefreshAsync(cancellation).ConfigureAwait(false) ? _settings.Interval : TradingDesk.Retry;

    /// <inheritdoc/>
    public Task<bool> StopAsync(CancellationToken cancellation) => CancelAllAsync(cancellation);

    private async Task<bool> SendAsync(OwnOrder? quote, CancellationToken cancellation) =>
        quote is null || await _desk.SendAsync(quote, cancellation).ConfigureAwait(false) != Decision.Undecided;

    private async Task<OwnOrder?> WithdrawAsync(OwnOrder? quote, CancellationToken cancellation) =>
        quote is null || await _desk.WithdrawAsync(quote, cancellation).ConfigureAwait(false) ? null : quote;
}
