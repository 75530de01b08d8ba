using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Betting markets, their books and trades, and exposures as clients see them.</summary>
internal static class BettingShapes
{
    private const int MicrosecondsPerMillisecond = 1_000;

    public static BettingMarketResponse Of(BettingMarketView view, int? affected = null, Receipt? receipt = null)
    {
        var terms = new BettingTerms(view);
        return new BettingMarketResponse(
            IdText.Of(view.Id),
            view.Name,
            EnumText.Of(view.BookType),
            view.IsInPlayCapable,
            view.Currency.Symbol,
            terms.Format(view.StakeStep),
            view.CommissionBps,
            view.BetDelay / MicrosecondsPerMillisecond,
            view.MaxBetLiability.Units == 0 ? null : terms.Format(view.MaxBetLiability),
            view.MaxAccountLiability.Units == 0 ? null : terms.Format(view.MaxAccountLiability),
            EnumText.Of(view.State),
            EnumText.Of(view.Phase),
            view.Version,
            [.. view.Runners.Select(runner => new RunnerResponse(
                IdText.Of(runner.Id), runner.Name, IdText.SymbolOf(view.Id, runner.Id), runner.IsRemoved))],
            terms.Format(view.Matched),
            terms.Format(view.Pot),
            terms.Format(view.Dust),
            view.OpenBets,
            view.IsBatchUnderWay,
            view.CreatedIndex,
            TimeText.Of(view.CreatedAt),
            affected,
            receipt);
    }

    /// <summary>The books of a market.</summary>
    /// <param name="reading">What was read, and where.</param>
    /// <param name="book">The books in it.</param>
    /// <param name="terms">Of the market.</param>
    public static BettingBookResponse Of<T>(in Reading<T> reading, BettingBookView book, BettingTerms terms) => new(
        IdText.Of(book.Market),
        EnumText.Of(book.State),
        EnumText.Of(book.Phase),
        book.Version,
        reading.Index,
        TimeText.Of(reading.At),
        [.. book.Runners.Select(runner => new RunnerBookResponse(
            IdText.Of(runner.Runner), IdText.SymbolOf(book.Market, runner.Runner), Levels(runner.Backs, terms),
            Levels(runner.Lays, terms)))]);

    public static BetTradeResponse Of(BetTradeView trade, BettingTerms terms) => new(
        IdText.Of(trade.Id),
        BettingTerms.Format(trade.Odds),
        trade.MakerRunner != trade.TakerRunner,
        IdText.SymbolOf(trade.Market, trade.MakerRunner),
        EnumText.Of(trade.MakerSide),
        terms.Format(trade.MakerStake),
        terms.Format(trade.MakerPart),
        IdText.SymbolOf(trade.Market, trade.TakerRunner),
        EnumText.Of(trade.TakerSide),
        terms.Format(trade.TakerStake),
        terms.Format(trade.TakerPart),
        trade.Index,
        TimeText.Of(trade.At),
        trade.IsVoided);

    public static RunnerExposure Of(ExposureView exposure, AssetView currency) => new(
        IdText.Of(exposure.Market),
        IdText.Of(exposure.Runner),
        IdText.SymbolOf(exposure.Market, exposure.Runner),
        currency.Symbol,
        DecimalText.Format(exposure.IfWin.Units, currency.Scale),
        DecimalText.Format(exposure.IfLose.Units, currency.Scale),
        DecimalText.Format(exposure.Liability.Units, currency.Scale));

    private static BookLevel[] Levels(IReadOnlyList<BetLevelView> levels, BettingTerms terms)
    {
        var shown = new BookLevel[levels.Count];
        for (var i = 0; i < shown.Length; i++)
        {
            var level = levels[i];
            shown[i] = new BookLevel(BettingTerms.Format(level.Odds), terms.Format(level.Stake), level.Bets, null);
        }

        return shown;
    }
}
