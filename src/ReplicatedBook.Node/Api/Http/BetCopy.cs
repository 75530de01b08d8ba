using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>A bet with what its answer shows, copied at one index.</summary>
/// <param name="Bet">The bet.</param>
/// <param name="Fills">Its trades.</param>
/// <param name="Market">Its market.</param>
internal sealed record BetCopy(BetView Bet, IReadOnlyList<BetFillView> Fills, BettingMarketView Market)
{
    /// <summary>Copies a bet; null when there is none. Runs as part of a query.</summary>
    public static BetCopy? Of(Exchange exchange, BetView? bet) => bet is null
        ? null
        : new BetCopy(bet, exchange.BetFills(bet.Id), exchange.FindBettingMarket(bet.Market)!);
}
