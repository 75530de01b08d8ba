using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The one place where the exchange's reasons become problems.</summary>
internal static partial class Rejections
{
    /// <summary>The problem of a refused command.</summary>
    /// <param name="outcome">As the exchange gave it; refused.</param>
    /// <param name="catalog">Names for the detail and for an order that stands in the way.</param>
    public static ApiProblem Of(CommandOutcome outcome, Catalog catalog)
    {
        var (code, field, detail) = Of(outcome.Reason);
        return new ApiProblem(code, Detail(outcome, catalog) ?? detail)
        {
            Outcome = IsAsIfNeverSent(outcome.Reason) ? Outcomes.NotExecuted : Outcomes.Rejected,
            Errors = field is null ? null : [new FieldError(field, code.Code, detail)],
            Order = outcome.Order is { } order && catalog.Find(order.Instrument) is { } terms
                ? OrderShapes.Of(order, terms)
                : BetInTheWay(outcome, catalog),
        };
    }

    /// <summary>Code, field at fault if there is one, and detail of a reason.</summary>
    public static (ProblemCode Code, string? Field, string Detail) Of(RejectReason reason) => reason switch
    {
        RejectReason.DeadlineExceeded =>
            (ProblemCodes.DeadlineExceeded, null, "the command reached the log after its deadline and had no effect"),
        RejectReason.RequestKeyReused =>
            (ProblemCodes.IdempotencyKeyReused, "Idempotency-Key", "the key was used before for another request"),
        RejectReason.RequestTableFull =>
            (ProblemCodes.Overloaded, null, "too many request keys are too young to be forgotten"),
        RejectReason.MalformedCommand =>
            (ProblemCodes.MalformedRequest, null, "the leader does not know this command"),
        RejectReason.AssetNotFound => (ProblemCodes.NotFound, null, "no such asset"),
        RejectReason.AccountNotFound => (ProblemCodes.NotFound, null, "no such account"),
        RejectReason.InstrumentNotFound => (ProblemCodes.NotFound, null, "no such instrument"),
        RejectReason.OrderNotFound => (ProblemCodes.NotFound, null, "no such order, or it is no longer kept"),
        RejectReason.AccountRequired =>
            (ProblemCodes.MissingField, "account_id", "there is not exactly one account, so one must be named"),
        RejectReason.AssetExists => (ProblemCodes.AlreadyExists, "asset", "the asset was created before"),
        RejectReason.InstrumentExists => (ProblemCodes.AlreadyExists, "symbol", "the symbol was listed before"),
        RejectReason.ScaleOutOfRange => (ProblemCodes.InvalidField, "scale", "scale must be 0 to 12"),
        RejectReason.TickSizeInvalid =>
            (ProblemCodes.InvalidField, "tick_size", "tick_size must be positive and not too fine for 12 digits"),
        RejectReason.LotSizeInvalid =>
            (ProblemCodes.InvalidField, "lot_size", "lot_size must be positive and a whole number of base units"),
        RejectReason.FeeOutOfRange =>
            (ProblemCodes.InvalidField, "maker_fee_bps", "a fee is above 10,000 bps, or a rebate above the other fee"),
        RejectReason.SameAsset => (ProblemCodes.InvalidField, "quote", "base and quote must differ"),
        RejectReason.AmountNotPositive => (ProblemCodes.InvalidField, "amount", "amount must be positive"),
        RejectReason.AmountTooLarge =>
            (ProblemCodes.InvalidField, "amount", "the asset's supply would be more than the exchange can count"),
        RejectReason.PriceNotPositive => (ProblemCodes.InvalidField, "price", "price must be positive"),
        RejectReason.QuantityNotPositive => (ProblemCodes.InvalidField, "quantity", "quantity must be positive"),
        RejectReason.NotionalTooLarge =>
            (ProblemCodes.MaxQuantity, "quantity", "price times quantity is more than the exchange can count"),
        RejectReason.MarketNotOpen => (ProblemCodes.MarketNotOpen, null, "the instrument's status does not allow it"),
        RejectReason.PostOnlyWouldTake =>
            (ProblemCodes.PostOnlyWouldTake, null, "the order would match at once"),
        RejectReason.PostOnlyInvalid =>
            (ProblemCodes.InvalidField, "post_only", "post_only goes with limit, gtc and gtd only"),
        RejectReason.InsufficientFunds => (ProblemCodes.InsufficientFunds, null, "less is available than is needed"),
        RejectReason.ClientOrderIdReused =>
            (ProblemCodes.DuplicateClientOrderId, "client_order_id", "it names another order of this account"),
        RejectReason.OrderNotOpen =>
            (ProblemCodes.OrderNotOpen, null, "the order is already filled, canceled or expired"),
        RejectReason.NothingToAmend =>
            (ProblemCodes.InvalidField, "price", "price or quantity must be given, for an order with a limit price"),
        RejectReason.RemainingMismatch =>
            (ProblemCodes.VersionMismatch, "expected_remaining", "another quantity remains"),
        RejectReason.VersionMismatch =>
            (ProblemCodes.VersionMismatch, "If-Match", "it has changed since that version"),
        RejectReason.StatusFinal =>
            (ProblemCodes.MarketStateConflict, "status", "a closed instrument never opens again"),
        RejectReason.LimitReached => (ProblemCodes.LimitReached, null, "no more objects of this kind fit"),
        RejectReason.BatchEmpty => (ProblemCodes.InvalidField, "orders", "a batch has 1 to 100 orders"),
        RejectReason.BatchAborted => (ProblemCodes.BatchAborted, null, "another order of the batch was refused"),
        RejectReason.TextInvalid =>
            (ProblemCodes.InvalidField, null, "a text has too many characters, or others than are allowed"),
        RejectReason.FeatureDisabled =>
            (ProblemCodes.FeatureDisabled, null, "not all nodes carry this command out yet"),
        RejectReason.TooManyOpenOrders =>
            (ProblemCodes.TooManyOpenOrders, null, "the account has as many open orders as it may have"),
        RejectReason.NotionalTooSmall =>
            (ProblemCodes.MinNotional, null, "the order is worth less than the instrument's smallest"),
        RejectReason.QuantityTooLarge =>
            (ProblemCodes.MaxQuantity, "quantity", "quantity is more than the instrument's largest order"),
        RejectReason.PriceOutOfBand =>
            (ProblemCodes.PriceOutOfBand, "price", "price is further from the last one than the instrument allows"),
        RejectReason.DisplayQuantityInvalid =>
            (ProblemCodes.InvalidField, "display_quantity",
                "display_quantity must be at most the quantity and at least a hundredth of it"),
        RejectReason.ExpiryNotInFuture =>
            (ProblemCodes.InvalidField, "expires_at", "expires_at must be later than the cluster's time"),
        RejectReason.OrderRuleOutOfRange =>
            (ProblemCodes.InvalidField, "price_band_pct",
                "min_notional, max_quantity or price_band_pct is out of its range"),
        RejectReason.TimeoutOutOfRange =>
            (ProblemCodes.InvalidField, "timeout_ms", "timeout_ms must be 0 or 1000 to 300000"),
        RejectReason.OrderSessionEnded =>
            (ProblemCodes.SessionEnded, null, "the session that it was to be placed in has ended"),
        RejectReason.TooManyOrderSessions =>
            (ProblemCodes.LimitReached, null, "there are as many sessions that cancel orders as there may be"),
        RejectReason.LeaseOutOfRange =>
            (ProblemCodes.InvalidField, "grace_ms", "grace_ms must be 0 to 60000"),
        >= RejectReason.RunnerAlreadyRemoved => OfBetting(reason),
        >= RejectReason.BootstrapDone => OfIdentity(reason),
        >= RejectReason.BettingMarketNotFound => OfBetting(reason),
        >= RejectReason.PredictionMarketNotFound => OfPrediction(reason),
        _ => (ProblemCodes.Internal, null, "a reason that this version does not know"),
    };

    /// <summary>The same, where the refused command places orders: there the limit is that on open orders.</summary>
    public static ApiProblem OfOrder(CommandOutcome outcome, Catalog catalog) => outcome.Reason switch
    {
        RejectReason.LimitReached =>
            new ApiProblem(ProblemCodes.TooManyOpenOrders, "no more open orders fit") { Outcome = Outcomes.Rejected },
        RejectReason.VersionMismatch => OfBetVersion(Of(outcome, catalog)),
        _ => Of(outcome, catalog),
    };

    // API.md 1.2 promises these two as not executed although the refusal itself is in the log.
    private static bool IsAsIfNeverSent(RejectReason reason) =>
        reason is RejectReason.DeadlineExceeded or RejectReason.RequestTableFull;

    private static string? Detail(CommandOutcome outcome, Catalog catalog)
    {
        if (outcome.Reason != RejectReason.InsufficientFunds || catalog.FindAsset(outcome.FundsAsset) is not { } asset)
        {
            return null;
        }

        var needed = DecimalText.Format(outcome.Needed.Units, asset.Scale);
        var available = DecimalText.Format(outcome.Available.Units, asset.Scale);
        return $"needs {needed} {asset.Symbol}, available {available} {asset.Symbol}";
    }
}
