using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Reasons of betting markets.</content>
internal static partial class Rejections
{
    private static (ProblemCode Code, string? Field, string Detail) OfBetting(RejectReason reason) => reason switch
    {
        RejectReason.BettingMarketNotFound => (ProblemCodes.NotFound, null, "no such betting market"),
        RejectReason.BettingMarketExists =>
            (ProblemCodes.AlreadyExists, "name", "there is a betting market of that name"),
        RejectReason.RunnerNotFound => (ProblemCodes.NotFound, null, "the market has no such runner"),
        RejectReason.RunnerExists =>
            (ProblemCodes.AlreadyExists, "runners", "a runner is named twice, or the market has it already"),
        RejectReason.RunnerAlreadyRemoved =>
            (ProblemCodes.RunnerRemoved, null, "the runner was removed from its market"),
        RejectReason.BettingMarketSuspended =>
            (ProblemCodes.MarketSuspended, "instrument", "the market is suspended: bets may be canceled, not placed"),
        RejectReason.RunnerCountInvalid =>
            (ProblemCodes.InvalidField, "runners",
                "a two_runner market has the same two runners for ever, another one 1 to 200"),
        RejectReason.BetDelayOutOfRange =>
            (ProblemCodes.InvalidField, "bet_delay_ms", "bet_delay_ms must be 0 to 60000"),
        RejectReason.LiabilityBoundInvalid =>
            (ProblemCodes.InvalidField, "max_bet_liability", "a bound of liability must not be negative"),
        RejectReason.OddsInvalid => (ProblemCodes.InvalidTick, "price", "price must be odds of the ladder"),
        RejectReason.StakeInvalid =>
            (ProblemCodes.InvalidLot, "quantity", "quantity must be a multiple of the market's stake_step"),
        RejectReason.BetLiabilityTooLarge =>
            (ProblemCodes.MaxLiability, "quantity", "the bet would risk more than one bet may in this market"),
        RejectReason.AccountLiabilityTooLarge =>
            (ProblemCodes.MaxLiability, "quantity", "the account would risk more than one account may in this market"),
        RejectReason.TimeInForceInvalid =>
            (ProblemCodes.InvalidField, "min_fill_quantity",
                "a bet is gtc, ioc or fok, and min_fill_quantity goes with fok and is at most the quantity"),
        RejectReason.InPlayNotSupported =>
            (ProblemCodes.MarketStateConflict, "phase", "the market never goes in play"),
        RejectReason.PhaseOutOfOrder =>
            (ProblemCodes.MarketStateConflict, "phase", "phases follow each other: pre, awaiting_live, in_play"),
        RejectReason.BettingMarketFinal =>
            (ProblemCodes.MarketStateConflict, null, "the market is closed, settled or void for good"),
        RejectReason.NoChange => (ProblemCodes.MarketStateConflict, "state", "the market is in that state already"),
        RejectReason.BatchUnderWay =>
            (ProblemCodes.BatchUnderWay, null, "the market's last work goes on for some more log entries"),
        RejectReason.BatchSizeInvalid =>
            (ProblemCodes.InvalidField, "batch_size", "batch_size must be 1 to 10000"),
        RejectReason.ReductionInvalid =>
            (ProblemCodes.InvalidField, "reduction",
                "reduction must be a multiple of the market's stake_step and less than what is unmatched"),
        RejectReason.ExposureIncrease => (ProblemCodes.InvalidField, "reduction", "a bet never grows"),
        RejectReason.BettingMarketNotClosed =>
            (ProblemCodes.MarketStateConflict, null, "a market must be closed before it is settled"),
        RejectReason.SettlementInvalid =>
            (ProblemCodes.InvalidOutcome, "winners",
                "runners must be of the market and named once, and their parts add up to a whole win"),
        RejectReason.BetTradeNotFound =>
            (ProblemCodes.NotFound, "trade_ids", "no such trade in this market, or it is no longer kept"),
        RejectReason.BetTradeVoided =>
            (ProblemCodes.MarketStateConflict, "trade_ids", "a trade is void already, or named twice"),
        RejectReason.BetTradesForgotten =>
            (ProblemCodes.NotFound, "since", "trades of that time may be among those that are no longer kept"),
        RejectReason.VoidRangeInvalid =>
            (ProblemCodes.InvalidField, "trade_ids", "either 1 to 1000 trade_ids or since must be given"),
        RejectReason.CancelRangeInvalid =>
            (ProblemCodes.InvalidField, "created_to", "created_to must not be before created_from"),
        _ => (ProblemCodes.Internal, null, "a reason that this version does not know"),
    };

    private static OrderState? BetInTheWay(CommandOutcome outcome, Catalog catalog) =>
        outcome.Bet is { } bet && catalog.FindBetting(bet.Market) is { } terms ? BetShapes.Of(bet, terms) : null;

    // Of a bet it is a field that demands the version, not a header.
    private static ApiProblem OfBetVersion(ApiProblem problem) => problem with
    {
        Errors = [new FieldError("market_version", problem.Code.Code, problem.Detail ?? problem.Code.Title)],
    };
}
