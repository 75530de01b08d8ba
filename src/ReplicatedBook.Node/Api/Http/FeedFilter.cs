using System.Collections.Frozen;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Which events a reader of the feed wants.</summary>
/// <param name="Types">Their types; null for all.</param>
/// <param name="Instrument">Of this instrument only; null for all.</param>
/// <param name="Account">Of this account only; null for all.</param>
internal sealed record FeedFilter(FrozenSet<string>? Types, InstrumentId? Instrument, AccountId? Account)
{
    /// <summary>The last item of every entry, so that a reader knows that it has all of it.</summary>
    public const string BatchEnd = "batch_end";

    /// <summary>The parameter that names types.</summary>
    public static readonly TextParameter TypesParameter = new(
        "types", "Only events of these types, separated by commas.");

    private static readonly FrozenSet<string> Known = new[]
    {
        "order_accepted", "order_rejected", "order_amended", "order_canceled", "order_expired", "order_conditions",
        "order_triggered", "order_replenished", "trade", "instrument_rules_changed", "cancel_after_changed",
        "trade_voided", "balance_changed", "instrument_changed", "account_changed", "asset_changed", "event_changed",
        "order_released", "order_reduced", "runner_added", "runner_removed", "market_batch",
        "market_changed", "market_resolved", "set_split", "set_merged", "settled", "user_changed", "member_changed",
        "api_key_changed", "session_opened", "session_ended", "signing_key_changed", "audit_recorded", "transferred",
        BatchEnd,
    }.ToFrozenSet();

    /// <summary>What everybody is told; all else concerns an account, and only its owner.</summary>
    private static readonly FrozenSet<string> Public = new[]
    {
        "trade", "trade_voided", "asset_changed", "instrument_changed", "instrument_rules_changed", "event_changed",
        "market_changed", "market_resolved", "runner_added", "runner_removed", "market_batch",
        "member_changed", BatchEnd,
    }.ToFrozenSet();

    /// <summary>Of this prediction market only: all of it, or, where an instrument is wanted, what is about the whole
    /// market; null for all.</summary>
    public PredictionMarketId? Market { get; init; }

    /// <summary>Of bets in this betting market only, and then of this runner if it is not 0; null for
    /// all.</summary>
    public (BettingMarketId Market, RunnerId Runner)? Bets { get; init; }

    /// <summary>Who reads, where that is somebody who does not see all; null for who does.</summary>
    public FeedViewer? Viewer { get; init; }

    /// <summary>Whether the viewer wants their own alone, nothing of what is public.</summary>
    public bool IsOwnOnly { get; init; }

    /// <summary>Whether the reader may see what happens to users, keys and sessions, and the audit.</summary>
    public bool SeesIdentity => Viewer is null;

    /// <summary>Whether most of an entry may be left out.</summary>
    public bool IsNarrow => Instrument is not null || Market is not null || Account is not null || Bets is not null
        || Viewer is not null;

    /// <summary>Whether what concerns an account alone may be told.</summary>
    public bool Sees(AccountId account) => Viewer?.Sees(account) ?? true;

    /// <summary>Takes the parameter <c>types</c>: words separated by commas.</summary>
    public static FrozenSet<string>? Read(QueryReader query)
    {
        if (query.Text(TypesParameter) is not { } text)
        {
            return null;
        }

        var types = text.Split(',');
        foreach (var type in types)
        {
            if (!Known.Contains(type))
            {
                query.Refuse(TypesParameter.Name, "it must be event types separated by commas");
                return null;
            }
        }

        return types.ToFrozenSet();
    }

    /// <summary>Whether an event is wanted.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="instrument">Its instrument; 0 for none, or where it is about a whole market.</param>
    /// <param name="market">Its prediction market; 0 for none.</param>
    /// <param name="account">Its account; 0 for none.</param>
    /// <param name="other">Its second account; 0 for none.</param>
    public bool Wants(
        string type, InstrumentId instrument, PredictionMarketId market, AccountId account,
        AccountId other = default) =>
        (Types is null || Types.Contains(type))
        && MayTell(type, account, other)
        && Bets is null
        && (Instrument is { } wanted
            ? wanted == instrument || (instrument.Value == 0 && Market == market)
            : Market is null || Market == market)
        && (Account is not { } owner || owner == account || owner == other);

    /// <summary>Whether an event of a betting market is wanted.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="market">Its market.</param>
    /// <param name="runner">Its runner; 0 for all of the market.</param>
    /// <param name="otherRunner">Its second runner; 0 for none.</param>
    /// <param name="account">Its account; 0 for none.</param>
    /// <param name="other">Its second account; 0 for none.</param>
    public bool WantsBet(
        string type, BettingMarketId market, RunnerId runner, RunnerId otherRunner, AccountId account,
        AccountId other = default) =>
        (Types is null || Types.Contains(type))
        && MayTell(type, account, other)
        && Instrument is null
        && (Bets is not { } bets
            || (bets.Market == market
                && (bets.Runner.Value == 0 || runner.Value == 0 || bets.Runner == runner
                    || bets.Runner == otherRunner)))
        && (Account is not { } owner || owner == account || owner == other);

    private bool MayTell(string type, AccountId account, AccountId other) =>
        Viewer is null || (!IsOwnOnly && Public.Contains(type)) || Viewer.Sees(account) || Viewer.Sees(other);
}
