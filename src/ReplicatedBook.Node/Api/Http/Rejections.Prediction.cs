using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Commands;

namespace ReplicatedBook.Node.Api.Http;

/// <content>Reasons of prediction markets.</content>
internal static partial class Rejections
{
    private static (ProblemCode Code, string? Field, string Detail) OfPrediction(RejectReason reason) => reason switch
    {
        RejectReason.PredictionMarketNotFound => (ProblemCodes.NotFound, null, "no such market"),
        RejectReason.EventExists => (ProblemCodes.AlreadyExists, "event_id", "the id was used before"),
        RejectReason.OutcomeCountOutOfRange =>
            (ProblemCodes.InvalidField, "outcomes", "there must be 2 to 256 outcomes"),
        RejectReason.OutcomeExists => (ProblemCodes.InvalidField, "outcomes", "two outcomes have one id"),
        RejectReason.OutcomeNotFound => (ProblemCodes.InvalidOutcome, "outcome", "the market has no such outcome"),
        RejectReason.PayoutNotWholeTicks =>
            (ProblemCodes.InvalidField, "tick_size", "one must be a whole number of tick sizes, 2 to 262144"),
        RejectReason.ShareScaleInvalid =>
            (ProblemCodes.InvalidField, "lot_size",
                "lot_size times tick_size must be a whole number of the collateral's units"),
        RejectReason.ClosingNotInFuture =>
            (ProblemCodes.InvalidField, "closes_at", "closes_at must be later than the cluster's time"),
        RejectReason.MarketStateConflict =>
            (ProblemCodes.MarketStateConflict, "status", "the market's status does not allow it"),
        RejectReason.AlreadyResolved =>
            (ProblemCodes.AlreadyResolved, null, "the market is resolved or voided already"),
        RejectReason.PayoutsInvalid =>
            (ProblemCodes.InvalidOutcome, "payouts", "there must be a payout for every outcome, and their sum be 1"),
        RejectReason.MarketHasTrades =>
            (ProblemCodes.MarketStateConflict, null, "there were trades: the market can be voided, not deleted"),
        RejectReason.PriceNotBelowPayout =>
            (ProblemCodes.InvalidField, "price", "a price must be below one unit of the collateral"),
        RejectReason.AssetIsOutcome =>
            (ProblemCodes.InvalidField, "asset", "an outcome's shares come and go by trades, splits and merges only"),
        RejectReason.InstrumentIsOutcome =>
            (ProblemCodes.MarketStateConflict, null, "an outcome's instrument has the status of its market"),
        _ => (ProblemCodes.Internal, null, "a reason that this version does not know"),
    };
}
