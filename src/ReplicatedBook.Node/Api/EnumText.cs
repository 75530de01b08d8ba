using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api;

/// <summary>Values that are words on the wire; unknown words give null.</summary>
internal static partial class EnumText
{
    /// <summary>A follower without a vote.</summary>
    public const string Learner = "learner";

    public const string Sides = "buy, sell";
    public const string Types = "limit, market, stop, stop_limit";
    public const string TimesInForce = "gtc, ioc, fok, gtd";
    public const string SelfTradePreventions = "cancel_taker, cancel_maker, cancel_both, decrement, none";
    public const string Statuses = "open, halted, cancel_only, closed";

    /// <summary>Those of a prediction market that is shown.</summary>
    public const string MarketStatuses = "pending, active, paused, closed, resolved, voided";

    /// <summary>The name of a command; unknown for bytes that are none.</summary>
    public static string Of(CommandKind? kind) => kind switch
    {
        CommandKind.CreateAsset => "create_asset",
        CommandKind.CreateAccount => "create_account",
        CommandKind.Deposit => "deposit",
        CommandKind.Withdraw => "withdraw",
        CommandKind.ListInstrument => "list_instrument",
        CommandKind.UpdateInstrument => "update_instrument",
        CommandKind.SetInstrumentStatus => "set_instrument_status",
        CommandKind.PlaceOrder => "place_order",
        CommandKind.PlaceBatch => "place_batch",
        CommandKind.AmendOrder => "amend_order",
        CommandKind.CancelOrder => "cancel_order",
        CommandKind.CancelOrders => "cancel_orders",
        CommandKind.SetFeatureLevel => "set_feature_level",
        CommandKind.Tick => "tick",
        CommandKind.SetCancelAfter => "set_cancel_after",
        CommandKind.CreatePredictionMarket => "create_prediction_market",
        CommandKind.UpdatePredictionMarket => "update_prediction_market",
        CommandKind.DeletePredictionMarket => "delete_prediction_market",
        CommandKind.SetPredictionMarketStatus => "set_prediction_market_status",
        CommandKind.ResolvePredictionMarket => "resolve_prediction_market",
        CommandKind.VoidPredictionMarket => "void_prediction_market",
        CommandKind.SplitSet => "split_set",
        CommandKind.MergeSet => "merge_set",
        >= CommandKind.Audited => OfIdentity(kind.Value),
        >= CommandKind.CreateBettingMarket => OfBetting(kind.Value),
        _ => "unknown",
    };

    public static string Of(Side side) => side == Side.Buy ? "buy" : "sell";

    public static Side? ToSide(string text) => text switch
    {
        "buy" => Side.Buy,
        "sell" => Side.Sell,
        _ => null,
    };

    public static string Of(OrderType type) => type switch
    {
        OrderType.Limit => "limit",
        OrderType.Market => "market",
        OrderType.Stop => "stop",
        _ => "stop_limit",
    };

    public static OrderType? ToType(string text) => text switch
    {
        "limit" => OrderType.Limit,
        "market" => OrderType.Market,
        "stop" => OrderType.Stop,
        "stop_limit" => OrderType.StopLimit,
        _ => null,
    };

    public static string Of(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTilCanceled => "gtc",
        TimeInForce.ImmediateOrCancel => "ioc",
        TimeInForce.FillOrKill => "fok",
        _ => "gtd",
    };

    public static TimeInForce? ToTimeInForce(string text) => text switch
    {
        "gtc" => TimeInForce.GoodTilCanceled,
        "ioc" => TimeInForce.ImmediateOrCancel,
        "fok" => TimeInForce.FillOrKill,
        "gtd" => TimeInForce.GoodTilDate,
        _ => null,
    };

    public static string Of(SelfTradePrevention prevention) => prevention switch
    {
        SelfTradePrevention.CancelTaker => "cancel_taker",
        SelfTradePrevention.CancelMaker => "cancel_maker",
        SelfTradePrevention.CancelBoth => "cancel_both",
        SelfTradePrevention.Decrement => "decrement",
        _ => "none",
    };

    public static SelfTradePrevention? ToSelfTradePrevention(string text) => text switch
    {
        "cancel_taker" => SelfTradePrevention.CancelTaker,
        "cancel_maker" => SelfTradePrevention.CancelMaker,
        "cancel_both" => SelfTradePrevention.CancelBoth,
        "decrement" => SelfTradePrevention.Decrement,
        "none" => SelfTradePrevention.None,
        _ => null,
    };

    public static string Of(InstrumentStatus status) => status switch
    {
        InstrumentStatus.Open => "open",
        InstrumentStatus.Halted => "halted",
        InstrumentStatus.CancelOnly => "cancel_only",
        _ => "closed",
    };

    public static InstrumentStatus? ToInstrumentStatus(string text) => text switch
    {
        "open" => InstrumentStatus.Open,
        "halted" => InstrumentStatus.Halted,
        "cancel_only" => InstrumentStatus.CancelOnly,
        "closed" => InstrumentStatus.Closed,
        _ => null,
    };

    public static string Of(PredictionMarketStatus status) => status switch
    {
        PredictionMarketStatus.Pending => "pending",
        PredictionMarketStatus.Active => "active",
        PredictionMarketStatus.Paused => "paused",
        PredictionMarketStatus.Closed => "closed",
        PredictionMarketStatus.Resolved => "resolved",
        PredictionMarketStatus.Voided => "voided",
        _ => "deleted",
    };

    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Open => "open",
        OrderStatus.Filled => "filled",
        OrderStatus.Canceled => "canceled",
        OrderStatus.Expired => "expired",
        OrderStatus.Voided => "voided",
        _ => "pending",
    };

    /// <summary>Null for an order that is open, pending or filled.</summary>
    public static string? Of(StatusReason reason) => reason switch
    {
        StatusReason.None => null,
        StatusReason.UserRequest => "user_request",
        StatusReason.SelfTrade => "self_trade",
        StatusReason.InstrumentStatus => "instrument_status",
        StatusReason.ImmediateOrCancel => "ioc_remainder",
        StatusReason.FillOrKill => "fok_not_fillable",
        StatusReason.NoLiquidity => "no_liquidity",
        StatusReason.InsufficientFunds => "insufficient_funds",
        StatusReason.AmendedToFilled => "amended_to_filled",
        StatusReason.GoodTilDate => "good_til_date",
        StatusReason.ProtectionPrice => "protection_price",
        StatusReason.CancelAfter => "cancel_after",
        StatusReason.SessionEnded => "session_ended",
        StatusReason.Dust => "dust",
        StatusReason.Lapsed => "lapsed",
        StatusReason.MarketChanged => "market_changed",
        StatusReason.MarketClosed => "market_closed",
        StatusReason.BatchCancel => "batch_cancel",
        StatusReason.RunnerRemoved => "runner_removed",
        _ => "other",
    };

    public static string Of(EntryKind kind) => kind switch
    {
        EntryKind.NoOp => "no_op",
        EntryKind.Command => "command",
        _ => "configuration",
    };

    /// <summary>The role of this node, that of a member without a vote included.</summary>
    public static string RoleOf(ReplicaStatus status) =>
        status.Role == Role.Follower && status.IsLearner ? Learner : Of(status.Role);

    /// <summary>What clients are told of a role; the steps of an election are one to them.</summary>
    public static string Of(Role role) => role switch
    {
        Role.Leader => "leader",
        Role.Follower => "follower",
        _ => "candidate",
    };
}
