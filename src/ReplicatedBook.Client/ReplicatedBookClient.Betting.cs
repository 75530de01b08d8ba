using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Betting markets. Bets are placed, read and canceled as orders.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Creates a betting market, open and before its event.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> CreateBettingMarketAsync(
        CreateBettingMarketRequest market, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/betting/markets", market, RequestJson.Default.CreateBettingMarketRequest,
            ResponseJson.Default.BettingMarketResponse, key, cancellation);

    /// <summary>Betting markets, newest first, up to 1,000.</summary>
    /// <param name="state">Only in this state; null for all.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<Page<BettingMarketResponse>>> ListBettingMarketsAsync(
        string? state, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On("v1/betting/markets?limit=1000" + (state is null ? string.Empty : "&state=" + Escape(state))),
            ResponseJson.Default.PageBettingMarketResponse, cancellation);

    /// <summary>One betting market.</summary>
    public Task<ReadAnswer<BettingMarketResponse>> GetBettingMarketAsync(
        string market, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On(Betting(market)), ResponseJson.Default.BettingMarketResponse, cancellation);

    /// <summary>The unmatched bets on every runner, by odds.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="depth">Most odds of a side of a runner.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<BettingBookResponse>> GetBettingBookAsync(
        string market, int depth, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On(string.Create(CultureInfo.InvariantCulture, $"{Betting(market)}/book?depth={depth}")),
            ResponseJson.Default.BettingBookResponse, cancellation);

    /// <summary>Trades of a betting market, newest first.</summary>
    public Task<ReadAnswer<Page<BetTradeResponse>>> GetBetTradesAsync(
        string market, int limit, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On(string.Create(CultureInfo.InvariantCulture, $"{Betting(market)}/trades?limit={limit}")),
            ResponseJson.Default.PageBetTradeResponse, cancellation);

    /// <summary>Adds runners to a market of many.</summary>
    /// <param name="market">Which.</param>
    /// <param name="runners">The new ones.</param>
    /// <param name="expectedVersion">Refused unless the market still has this version; null for any.</param>
    /// <param name="key">Null: a new one is made up.</param>
    /// <param name="cancellation">Gives the call up; the change may have been made.</param>
    public Task<WriteOutcome<BettingMarketResponse>> AddRunnersAsync(
        string market, AddRunnersRequest runners, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeBettingAsync(
            market, "runners", runners, RequestJson.Default.AddRunnersRequest, expectedVersion, key, cancellation);

    /// <summary>Removes a runner from a market of many: open bets on it are canceled, what is matched on it comes back
    /// when the market is settled.</summary>
    /// <param name="market">Which.</param>
    /// <param name="runner">The runner's id.</param>
    /// <param name="batchSize">Most bets canceled in one log entry, 1 to 10,000; null for the most.</param>
    /// <param name="expectedVersion">Refused unless the market still has this version; null for any.</param>
    /// <param name="key">Null: a new one is made up.</param>
    /// <param name="cancellation">Gives the call up; the change may have been made.</param>
    public Task<WriteOutcome<BettingMarketResponse>> RemoveRunnerAsync(
        string market, string runner, int? batchSize = null, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        var path = $"{Betting(market)}/runners/{Escape(runner)}"
            + (batchSize is { } size ? string.Create(CultureInfo.InvariantCulture, $"?batch_size={size}") : "");
        var call = new Call(HttpMethod.Delete, path, used, null) { ExpectedVersion = expectedVersion };
        return WriteAsync(call, ResponseJson.Default.BettingMarketResponse, used, cancellation);
    }

    /// <summary>Suspends a market, opens it again, or closes it for good; parameters as
    /// <see cref="AddRunnersAsync"/>.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> SetBettingStateAsync(
        string market, BettingStateRequest state, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeBettingAsync(
            market, "state", state, RequestJson.Default.BettingStateRequest, expectedVersion, key, cancellation);

    /// <summary>Leads a market to the next phase; parameters as <see cref="AddRunnersAsync"/>.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> SetBettingPhaseAsync(
        string market, BettingPhaseRequest phase, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeBettingAsync(
            market, "phase", phase, RequestJson.Default.BettingPhaseRequest, expectedVersion, key, cancellation);

    /// <summary>Pays a closed market out; parameters as <see cref="AddRunnersAsync"/>.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> SettleBettingMarketAsync(
        string market, SettleBettingMarketRequest result, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeBettingAsync(
            market, "settle", result, RequestJson.Default.SettleBettingMarketRequest, expectedVersion, key,
            cancellation);

    /// <summary>Cancels all bets and pays back what is matched; parameters as <see cref="AddRunnersAsync"/>.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> VoidBettingMarketAsync(
        string market, VoidBettingMarketRequest request, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeBettingAsync(
            market, "void", request, RequestJson.Default.VoidBettingMarketRequest, expectedVersion, key, cancellation);

    /// <summary>Undoes trades of a market.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> VoidTradesAsync(
        string market, VoidTradesRequest trades, string? key = null, CancellationToken cancellation = default) =>
        ChangeBettingAsync(
            market, "trades/void", trades, RequestJson.Default.VoidTradesRequest, null, key, cancellation);

    /// <summary>Cancels a market's open bets that fit, of any account.</summary>
    public Task<WriteOutcome<BettingMarketResponse>> CancelMarketOrdersAsync(
        string market, CancelMarketOrdersRequest filter, string? key = null,
        CancellationToken cancellation = default) =>
        ChangeBettingAsync(
            market, "orders/cancel", filter, RequestJson.Default.CancelMarketOrdersRequest, null, key, cancellation);

    /// <summary>Bets, newest first, up to 1,000.</summary>
    /// <param name="market">Only of this market; null for any.</param>
    /// <param name="account">Only of this account; null for any.</param>
    /// <param name="areClosed">Those that are closed and still kept, instead of the open ones.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<Page<OrderState>>> ListBetsAsync(
        string? market, string? account, bool areClosed, ReadOptions read, CancellationToken cancellation = default)
    {
        var path = $"v1/betting/orders?limit=1000&status={(areClosed ? "closed" : "open")}"
            + (market is null ? string.Empty : "&market_id=" + Escape(market))
            + (account is null ? string.Empty : "&account_id=" + Escape(account));
        return ReadAsync(read.On(path), ResponseJson.Default.PageOrderState, cancellation);
    }

    /// <summary>Cancels a part of a bet's unmatched stake.</summary>
    public Task<WriteOutcome<OrderResponse>> ReduceOrderAsync(
        string orderId, ReduceOrderRequest reduction, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Post, $"v1/orders/{Escape(orderId)}/reduce", reduction, RequestJson.Default.ReduceOrderRequest,
            ResponseJson.Default.OrderResponse, key, cancellation);

    /// <summary>Cancels all open bets of an account that fit; null fits all.</summary>
    /// <param name="account">Whose; null where there is only one.</param>
    /// <param name="instrument">A runner's symbol or a market's id.</param>
    /// <param name="side">back or lay.</param>
    /// <param name="key">Null: a new one is made up.</param>
    /// <param name="cancellation">Gives the call up; bets may have been canceled.</param>
    public Task<WriteOutcome<MassCancelResponse>> CancelBetsAsync(
        string? account, string? instrument, string? side, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        var path = "v1/orders?type=runner"
            + (account is null ? string.Empty : "&account_id=" + Escape(account))
            + (instrument is null ? string.Empty : "&instrument=" + Escape(instrument))
            + (side is null ? string.Empty : "&side=" + Escape(side));
        return WriteAsync(
            new Call(HttpMethod.Delete, path, used, null), ResponseJson.Default.MassCancelResponse, used, cancellation);
    }

    /// <summary>What an account stands to win or lose in betting markets.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="market">Only in this market; null for all.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<ExposureResponse>> GetExposureAsync(
        string account, string? market, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On(
                $"v1/accounts/{Escape(account)}/exposure"
                + (market is null ? string.Empty : "?market_id=" + Escape(market))),
            ResponseJson.Default.ExposureResponse, cancellation);

    private Task<WriteOutcome<BettingMarketResponse>> ChangeBettingAsync<TBody>(
        string market, string what, TBody body, JsonTypeInfo<TBody> type, long? expectedVersion, string? key,
        CancellationToken cancellation)
    {
        var used = key ?? NewKey();
        var call = new Call(
            HttpMethod.Post, $"{Betting(market)}/{what}", used, JsonSerializer.SerializeToUtf8Bytes(body, type))
        {
            ExpectedVersion = expectedVersion,
        };
        return WriteAsync(call, ResponseJson.Default.BettingMarketResponse, used, cancellation);
    }

    private static string Betting(string market) => $"v1/betting/markets/{Escape(market)}";
}
