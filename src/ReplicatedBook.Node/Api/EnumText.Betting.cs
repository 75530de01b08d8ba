using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <content>Words of betting markets.</content>
internal static partial class EnumText
{
    public const string BetSides = "back, lay";
    public const string BetTimesInForce = "gtc, ioc, fok";
    public const string Persistences = "lapse, persist";
    public const string BookTypes = "two_runner, multi_runner";
    public const string GivenBettingStates = "open, suspended, closed";
    public const string GivenBettingPhases = "awaiting_live, in_play";

    public static readonly string[] BettingStates = ["open", "suspended", "closed", "settled", "voided"];
    public static readonly string[] BettingPhases = ["pre", "awaiting_live", "in_play"];

    public static string Of(BetSide side) => side == BetSide.Back ? "back" : "lay";

    public static BetSide? ToBetSide(string text) => text switch
    {
        "back" => BetSide.Back,
        "lay" => BetSide.Lay,
        _ => null,
    };

    public static string Of(Persistence persistence) => persistence == Persistence.Lapse ? "lapse" : "persist";

    public static Persistence? ToPersistence(string text) => text switch
    {
        "lapse" => Persistence.Lapse,
        "persist" => Persistence.Persist,
        _ => null,
    };

    public static string Of(BettingBookType type) =>
        type == BettingBookType.TwoRunner ? "two_runner" : "multi_runner";

    public static BettingBookType? ToBookType(string text) => text switch
    {
        "two_runner" => BettingBookType.TwoRunner,
        "multi_runner" => BettingBookType.MultiRunner,
        _ => null,
    };

    public static string Of(BettingMarketState state) => BettingStates[(int)state];

    /// <summary>A state that a market can be told to take; null for any other word.</summary>
    public static BettingMarketState? ToGivenBettingState(string text) => text switch
    {
        "open" => BettingMarketState.Open,
        "suspended" => BettingMarketState.Suspended,
        "closed" => BettingMarketState.Closed,
        _ => null,
    };

    public static string Of(BettingPhase phase) => BettingPhases[(int)phase];

    /// <summary>A phase that a market can be told to take; null for any other word.</summary>
    public static BettingPhase? ToGivenBettingPhase(string text) => text switch
    {
        "awaiting_live" => BettingPhase.AwaitingLive,
        "in_play" => BettingPhase.InPlay,
        _ => null,
    };

    public static string Of(BettingWork work) => work switch
    {
        BettingWork.CancelPending => "cancel_pending",
        BettingWork.CancelLapsing => "cancel_lapsing",
        BettingWork.CancelNamed => "cancel_named",
        BettingWork.CancelAll => "cancel_all",
        BettingWork.VoidTrades => "void_trades",
        BettingWork.Settle => "settle",
        BettingWork.CancelRemoved => "cancel_removed",
        _ => "refund",
    };

    private static string OfBetting(CommandKind kind) => kind switch
    {
        CommandKind.CreateBettingMarket => "create_betting_market",
        CommandKind.ChangeRunners => "change_runners",
        CommandKind.SetBettingState => "set_betting_state",
        CommandKind.SetBettingPhase => "set_betting_phase",
        CommandKind.PlaceBet => "place_bet",
        CommandKind.CancelBet => "cancel_bet",
        CommandKind.CancelBets => "cancel_bets",
        CommandKind.BatchCancelBets => "batch_cancel_bets",
        CommandKind.VoidBettingTrades => "void_betting_trades",
        CommandKind.SettleBettingMarket => "settle_betting_market",
        CommandKind.VoidBettingMarket => "void_betting_market",
        _ => "unknown",
    };
}
