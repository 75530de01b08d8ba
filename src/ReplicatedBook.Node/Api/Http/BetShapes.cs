using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Bets as clients see them: orders whose prices are odds and whose quantities are stakes.</summary>
internal static class BetShapes
{
    /// <summary>The only type of a bet.</summary>
    public const string Type = "limit";

    public static OrderState Of(BetView bet, BettingTerms terms) => new(
        IdText.Of(bet.Id),
        bet.ClientOrderId.IsEmpty ? null : bet.ClientOrderId.ToString(),
        IdText.Of(bet.Account),
        IdText.SymbolOf(bet.Market, bet.Runner),
        EnumText.Of(bet.Side),
        Type,
        BettingTerms.Format(bet.Odds),
        terms.Format(bet.Stake),
        terms.Format(bet.Matched),
        terms.Format(bet.Remaining),
        BettingTerms.FormatOdds(bet.Matched, bet.MatchedLiability),
        EnumText.Of(bet.Status),
        EnumText.Of(bet.Reason),
        EnumText.Of(bet.TimeInForce),
        PostOnly: false,
        EnumText.Of(bet.SelfTradePrevention),
        terms.Format(bet.Reserved),
        bet.CreatedIndex,
        bet.UpdatedIndex,
        TimeText.Of(bet.CreatedAt),
        TimeText.Of(bet.UpdatedAt))
    {
        Persistence = EnumText.Of(bet.Persistence),
        VoidedQuantity = TextOf(bet.Voided, terms),
        MinFillQuantity = TextOf(bet.MinFill, terms),
        DueAt = bet.DueAt.Microseconds == 0 ? null : TimeText.Of(bet.DueAt),
    };

    /// <summary>A bet's trades. There are no fees: commission is taken when the market is settled.</summary>
    public static FillResponse[] Of(IReadOnlyList<BetFillView> fills, BettingTerms terms)
    {
        var shapes = new FillResponse[fills.Count];
        for (var i = 0; i < shapes.Length; i++)
        {
            var fill = fills[i];
            shapes[i] = new FillResponse(
                IdText.Of(fill.Trade),
                BettingTerms.FormatOdds(fill.Stake, fill.Liability) ?? BettingTerms.Format(fill.Odds),
                terms.Format(fill.Stake),
                fill.IsTaker ? "taker" : "maker",
                terms.Format(default(Amount)),
                terms.Currency.Symbol,
                IdText.Of(fill.MakerBet))
            {
                Liability = terms.Format(fill.Liability),
                Implied = fill.IsImplied ? true : null,
                Voided = fill.IsVoided ? true : null,
            };
        }

        return shapes;
    }

    /// <summary>The answer to a command on one bet.</summary>
    public static OrderResponse Of(CommandOutcome outcome, Catalog catalog, Receipt? receipt)
    {
        var terms = catalog.FindBetting(outcome.Bet!.Market)!;
        return new OrderResponse(Of(outcome.Bet, terms), Of(outcome.BetFills, terms), receipt);
    }

    private static string? TextOf(Amount amount, BettingTerms terms) =>
        amount.Units == 0 ? null : terms.Format(amount);
}
