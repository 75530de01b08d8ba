using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Instruments, books, trades and the feed.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Lists an instrument.</summary>
    public Task<WriteOutcome<InstrumentResponse>> ListInstrumentAsync(
        ListInstrumentRequest instrument, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/instruments", instrument, RequestJson.Default.ListInstrumentRequest,
            ResponseJson.Default.InstrumentResponse, key, cancellation);

    /// <summary>Instruments, up to 1,000.</summary>
    public Task<ReadAnswer<Page<InstrumentResponse>>> ListInstrumentsAsync(
        ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On("v1/instruments?limit=1000"), ResponseJson.Default.PageInstrumentResponse, cancellation);

    /// <summary>One instrument.</summary>
    public Task<ReadAnswer<InstrumentResponse>> GetInstrumentAsync(
        string symbol, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On($"v1/instruments/{Escape(symbol)}"), ResponseJson.Default.InstrumentResponse, cancellation);

    /// <summary>Changes an instrument's fees and rules.</summary>
    /// <param name="symbol">Which.</param>
    /// <param name="change">What is to hold from now on.</param>
    /// <param name="expectedVersion">Refused unless the instrument still has this version; null for any.</param>
    /// <param name="key">Null: a new one is made up.</param>
    /// <param name="cancellation">Gives the call up; the change may have been made.</param>
    public Task<WriteOutcome<InstrumentResponse>> UpdateInstrumentAsync(
        string symbol, UpdateInstrumentRequest change, long? expectedVersion = null, string? key = null,
        CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        var body = JsonSerializer.SerializeToUtf8Bytes(change, RequestJson.Default.UpdateInstrumentRequest);
        return WriteAsync(
            new Call(HttpMethod.Patch, $"v1/instruments/{Escape(symbol)}", used, body)
            {
                ExpectedVersion = expectedVersion,
            },
            ResponseJson.Default.InstrumentResponse, used, cancellation);
    }

    /// <summary>Opens, halts or closes an instrument.</summary>
    public Task<WriteOutcome<InstrumentResponse>> SetInstrumentStatusAsync(
        string symbol, InstrumentStatusRequest status, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Post, $"v1/instruments/{Escape(symbol)}/status", status,
            RequestJson.Default.InstrumentStatusRequest, ResponseJson.Default.InstrumentResponse, key, cancellation);

    /// <summary>A book.</summary>
    /// <param name="symbol">Whose.</param>
    /// <param name="depth">Levels per side; not used at level 1.</param>
    /// <param name="level">1 best only, 2 price levels, 3 single orders in priority order.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<BookResponse>> GetBookAsync(
        string symbol, int depth, int level, ReadOptions read, CancellationToken cancellation = default)
    {
        var extent = level == 1
            ? "level=1"
            : string.Create(CultureInfo.InvariantCulture, $"depth={depth}&level={level}");
        return ReadAsync(
            read.On($"v1/instruments/{Escape(symbol)}/book?{extent}"), ResponseJson.Default.BookResponse, cancellation);
    }

    /// <summary>Trades, newest first.</summary>
    public Task<ReadAnswer<Page<TradeResponse>>> GetTradesAsync(
        string symbol, int limit, ReadOptions read, CancellationToken cancellation = default) => ReadAsync(
            read.On(string.Create(
                CultureInfo.InvariantCulture, $"v1/instruments/{Escape(symbol)}/trades?limit={limit}")),
            ResponseJson.Default.PageTradeResponse, cancellation);

    /// <summary>A part of the event feed, in log order without gaps; from any node.</summary>
    /// <param name="fromIndex">First log index wanted, from 1.</param>
    /// <param name="limit">About how many events.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<FeedResponse>> GetFeedAsync(
        long fromIndex, int limit, CancellationToken cancellation = default) => ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"v1/feed?from_index={fromIndex}&limit={limit}"),
            ResponseJson.Default.FeedResponse, cancellation, isTimed: false);
}
