using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Gateway;

/// <content>Betting markets and bets.</content>
internal sealed partial class Lookup
{
    /// <summary>A betting market's unchanging terms.</summary>
    public async ValueTask<Found<BettingTerms>> BettingMarketAsync(BettingMarketId id, TimeSpan timeout)
    {
        if (catalog.FindBetting(id) is { } known)
        {
            return new Found<BettingTerms>(known, null);
        }

        var found = await FindAsync(
            exchange => exchange.FindBettingMarket(id), timeout, $"no betting market {IdText.Of(id)}");
        return Kept(found);
    }

    /// <summary>The unchanging terms of the betting market of a runner, who may have been removed.</summary>
    public async ValueTask<Found<BettingTerms>> RunnerAsync(BettingMarketId id, RunnerId runner, TimeSpan timeout)
    {
        var found = await FindAsync(
            exchange => exchange.FindBettingMarket(id) is { } market
                && market.Runners.Any(other => other.Id == runner) ? market : null,
            timeout, $"no runner {IdText.SymbolOf(id, runner)}");
        return Kept(found);
    }

    /// <summary>The terms of the market that a bet is in.</summary>
    /// <param name="isOrder">Whether there is an order of that name; then it is no bet.</param>
    /// <param name="findBet">Finds the bet.</param>
    /// <param name="timeout">How long to wait at most where this node knows neither.</param>
    /// <returns>Neither value nor failure for an order.</returns>
    public async ValueTask<Found<BettingTerms>> MarketOfBetAsync(
        Func<Exchange, bool> isOrder, Func<Exchange, BetView?> findBet, TimeSpan timeout)
    {
        var found = await FindAsync(
            exchange => isOrder(exchange) ? new OrderOrBet(null)
                : findBet(exchange) is { } bet ? new OrderOrBet(exchange.FindBettingMarket(bet.Market))
                : null,
            timeout, "no such order, or it is no longer kept");
        return found.Value is { Market: var market }
            ? new Found<BettingTerms>(market is null ? null : catalog.Keep(market), null)
            : new Found<BettingTerms>(null, found.Failure);
    }

    private Found<BettingTerms> Kept(Found<BettingMarketView> found) => found.Value is { } view
        ? new Found<BettingTerms>(catalog.Keep(view), null)
        : new Found<BettingTerms>(null, found.Failure);

    /// <summary>What an id leads to.</summary>
    /// <param name="Market">Of a bet; null of an order.</param>
    private sealed record OrderOrBet(BettingMarketView? Market);
}
