using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Events, prediction markets, complete sets, positions and the audit of money. In every write, <c>key</c>
/// null means a new one is made up; <c>expectedVersion</c>, where it is not null, refuses the change unless the event
/// or market still has this version. A market's id is its event's.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Opens an event with its market and an instrument per outcome.</summary>
    public Task<WriteOutcome<EventResponse>> CreateEventAsync(
        CreateEventRequest request, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/events", request, RequestJson.Default.CreateEventRequest,
            ResponseJson.Default.EventResponse, key, cancellation);

    /// <summary>Events, newest first, up to 1,000.</summary>
    /// <param name="text">In id, title or description; null for any.</param>
    /// <param name="category">Exactly; null for any.</param>
    /// <param name="status">pending, active, paused, closed, resolved or voided; null for any.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<Page<EventResponse>>> ListEventsAsync(
        string? text, string? category, string? status, ReadOptions read, CancellationToken cancellation = default)
    {
        var path = "v1/events?limit=1000"
            + Filter("q", text) + Filter("category", category) + Filter("status", status);
        return ReadAsync(read.On(path), ResponseJson.Default.PageEventResponse, cancellation);
    }

    /// <summary>One event with its market.</summary>
    public Task<ReadAnswer<EventResponse>> GetEventAsync(
        string eventId, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/events/{Escape(eventId)}"), ResponseJson.Default.EventResponse, cancellation);

    /// <summary>Changes what an event says to people, and when its market closes.</summary>
    public Task<WriteOutcome<EventResponse>> UpdateEventAsync(
        string eventId, UpdateEventRequest change, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeAsync(
            HttpMethod.Patch, $"v1/events/{Escape(eventId)}",
            JsonSerializer.SerializeToUtf8Bytes(change, RequestJson.Default.UpdateEventRequest),
            ResponseJson.Default.EventResponse, expectedVersion, key, cancellation);

    /// <summary>Takes an event out that had no trades: orders are canceled, complete sets repaid.</summary>
    public Task<WriteOutcome<EventResponse>> DeleteEventAsync(
        string eventId, long? expectedVersion = null, string? key = null, CancellationToken cancellation = default) =>
        ChangeAsync(
            HttpMethod.Delete, $"v1/events/{Escape(eventId)}", null, ResponseJson.Default.EventResponse,
            expectedVersion, key, cancellation);

    /// <summary>One market.</summary>
    public Task<ReadAnswer<MarketResponse>> GetMarketAsync(
        string marketId, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/markets/{Escape(marketId)}"), ResponseJson.Default.MarketResponse, cancellation);

    /// <summary>The books of a market, each in its outcome's own terms.</summary>
    /// <param name="marketId">Which.</param>
    /// <param name="outcome">Only of this outcome; null for all.</param>
    /// <param name="depth">Levels per side.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<MarketBookResponse>> GetMarketBookAsync(
        string marketId, string? outcome, int depth, ReadOptions read, CancellationToken cancellation = default)
    {
        var extent = string.Create(CultureInfo.InvariantCulture, $"depth={depth}");
        return ReadAsync(
            read.On($"v1/markets/{Escape(marketId)}/book?{extent}{Filter("outcome", outcome)}"),
            ResponseJson.Default.MarketBookResponse, cancellation);
    }

    /// <summary>Makes a market active, pauses it, or closes it, which cancels its orders.</summary>
    public Task<WriteOutcome<MarketResponse>> SetMarketStatusAsync(
        string marketId, MarketStatusRequest status, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/status",
            JsonSerializer.SerializeToUtf8Bytes(status, RequestJson.Default.MarketStatusRequest),
            ResponseJson.Default.MarketResponse, expectedVersion, key, cancellation);

    /// <summary>Ends trading: all open orders are canceled.</summary>
    public Task<WriteOutcome<MarketResponse>> CloseMarketAsync(
        string marketId, long? expectedVersion = null, string? key = null, CancellationToken cancellation = default) =>
        ChangeAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/close", null, ResponseJson.Default.MarketResponse,
            expectedVersion, key, cancellation);

    /// <summary>Says once what each outcome pays, and pays every holder.</summary>
    public Task<WriteOutcome<MarketResponse>> ResolveMarketAsync(
        string marketId, ResolveMarketRequest resolution, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default) => ChangeAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/resolve",
            JsonSerializer.SerializeToUtf8Bytes(resolution, RequestJson.Default.ResolveMarketRequest),
            ResponseJson.Default.MarketResponse, expectedVersion, key, cancellation);

    /// <summary>Ends a market as if it had never counted.</summary>
    public Task<WriteOutcome<MarketResponse>> VoidMarketAsync(
        string marketId, long? expectedVersion = null, string? key = null, CancellationToken cancellation = default) =>
        ChangeAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/void", null, ResponseJson.Default.MarketResponse,
            expectedVersion, key, cancellation);

    /// <summary>Turns collateral into complete sets.</summary>
    public Task<WriteOutcome<SetResponse>> SplitSetAsync(
        string marketId, SetRequest set, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/split", set, RequestJson.Default.SetRequest,
            ResponseJson.Default.SetResponse, key, cancellation);

    /// <summary>Turns complete sets into collateral.</summary>
    public Task<WriteOutcome<SetResponse>> MergeSetAsync(
        string marketId, SetRequest set, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, $"v1/markets/{Escape(marketId)}/merge", set, RequestJson.Default.SetRequest,
            ResponseJson.Default.SetResponse, key, cancellation);

    /// <summary>What an account holds of prediction markets, and what it is worth.</summary>
    public Task<ReadAnswer<PositionsResponse>> GetPositionsAsync(
        string account, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/accounts/{Escape(account)}/positions"), ResponseJson.Default.PositionsResponse, cancellation);

    /// <summary>All that an account has, at one index.</summary>
    public Task<ReadAnswer<PortfolioResponse>> GetPortfolioAsync(
        string account, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/accounts/{Escape(account)}/portfolio"), ResponseJson.Default.PortfolioResponse, cancellation);

    /// <summary>Whether all money and all shares are accounted for.</summary>
    public Task<ReadAnswer<ConservationResponse>> GetConservationAsync(
        ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On("v1/audit/conservation"), ResponseJson.Default.ConservationResponse, cancellation);

    private Task<WriteOutcome<T>> ChangeAsync<T>(
        HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, long? expectedVersion, string? key,
        CancellationToken cancellation)
        where T : class
    {
        var used = key ?? NewKey();
        var call = new Call(method, path, used, body) { ExpectedVersion = expectedVersion };
        return WriteAsync(call, type, used, cancellation);
    }

    private static string Filter(string name, string? value) =>
        value is null ? "" : $"&{name}={Escape(value)}";
}
