using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client.Streaming;

/// <summary>Sends orders over one connection to one node, the next without waiting for the answer to the last. Safe
/// from any thread.</summary>
/// <remarks>It ends with its connection: what was sent and not answered by then is unknown, and can be asked about, or
/// sent again with its key, over any other. Nothing is repeated by itself.</remarks>
public sealed class OrderSocket : IAsyncDisposable
{
    private readonly SocketLink _link;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<long, TaskCompletionSource<JsonElement?>> _waiting = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _receiving;
    private volatile bool _isLost;
    private int _isDisposed;
    private long _last;

    internal OrderSocket(SocketLink link)
    {
        _link = link;
        _receiving = ReceiveAsync();
    }

    /// <summary>The node.</summary>
    public Uri Endpoint => _link.Endpoint;

    /// <summary>Whether the connection is lost: then nothing more is sent.</summary>
    public bool IsLost => _isLost;

    /// <summary>Places an order.</summary>
    /// <param name="order">What to place.</param>
    /// <param name="key">Null: a new one is made up, unless the order has a <c>client_order_id</c>.</param>
    /// <param name="cancellation">Gives the wait up; the order may have been placed.</param>
    public Task<WriteOutcome<OrderResponse>> PlaceAsync(
        PlaceOrderRequest order, string? key = null, CancellationToken cancellation = default) => AskAsync(
            "order.place", key ?? (order.ClientOrderId is null ? ReplicatedBookClient.NewKey() : null),
            json => Write(json, order, RequestJson.Default.PlaceOrderRequest), ResponseJson.Default.OrderResponse,
            order.ClientOrderId, cancellation);

    /// <summary>Places 1 to 100 orders in one log entry.</summary>
    public Task<WriteOutcome<BatchResponse>> PlaceBatchAsync(
        PlaceBatchRequest batch, string? key = null, CancellationToken cancellation = default) => AskAsync(
            "order.batch", key ?? ReplicatedBookClient.NewKey(),
            json => Write(json, batch, RequestJson.Default.PlaceBatchRequest), ResponseJson.Default.BatchResponse, null,
            cancellation);

    /// <summary>Changes an open order.</summary>
    public Task<WriteOutcome<OrderResponse>> AmendAsync(
        string orderId, AmendOrderRequest change, string? key = null, CancellationToken cancellation = default) =>
        AskAsync(
            "order.amend", key ?? ReplicatedBookClient.NewKey(),
            json =>
            {
                json.WriteString("order_id", orderId);
                Write(json, change, RequestJson.Default.AmendOrderRequest);
            },
            ResponseJson.Default.OrderResponse, null, cancellation);

    /// <summary>Cancels an order.</summary>
    public Task<WriteOutcome<OrderResponse>> CancelAsync(
        OrderName order, string? key = null, CancellationToken cancellation = default) => AskAsync(
            "order.cancel", key ?? ReplicatedBookClient.NewKey(), order.Write, ResponseJson.Default.OrderResponse,
            null, cancellation);

    /// <summary>Cancels all open orders that match; null matches all.</summary>
    public Task<WriteOutcome<MassCancelResponse>> CancelAllAsync(
        string? account, string? instrument, string? side, string? key = null,
        CancellationToken cancellation = default) => AskAsync(
            "order.cancel_all", key ?? ReplicatedBookClient.NewKey(),
            json =>
            {
                WriteText(json, "account_id", account);
                WriteText(json, "instrument", instrument);
                WriteText(json, "side", side);
            },
            ResponseJson.Default.MassCancelResponse, null, cancellation);

    /// <summary>From now on orders of this connection are canceled when it is lost, also when its node dies with
    /// it.</summary>
    /// <param name="grace">How long after the loss; 0 to 60 s.</param>
    /// <param name="cancellation">Gives the wait up.</param>
    /// <exception cref="OutcomeException">It was refused, or the connection is lost.</exception>
    public async Task CancelOnDisconnectAsync(TimeSpan grace, CancellationToken cancellation = default)
    {
        var (reply, _) = await SendAsync(
            "session", null,
            json =>
            {
                json.WriteBoolean("cancel_on_disconnect", true);
                json.WriteNumber("grace_ms", (long)grace.TotalMilliseconds);
            },
            cancellation).ConfigureAwait(false);
        var problem = ProblemOf(reply);
        if (reply is null || problem is not null)
        {
            throw new OutcomeException(
                reply is null ? OutcomeKind.Unknown : OutcomeKind.Rejected, problem,
                OutcomeText.Of("no session", problem, "the connection is lost"));
        }
    }

    /// <summary>Closes the connection; what is not answered by then is unknown. A second time nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _isLost = true;
        await _link.CloseAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
        _link.Dispose();
        _ended.Dispose();
        _sending.Dispose();
    }

    private async Task<WriteOutcome<T>> AskAsync<T>(
        string op, string? key, Action<Utf8JsonWriter> write, JsonTypeInfo<T> type, string? name,
        CancellationToken cancellation)
        where T : class
    {
        var (reply, wasSent) = await SendAsync(op, key, write, cancellation).ConfigureAwait(false);
        var used = key ?? name!;
        if (reply is not { } answer)
        {
            return new WriteOutcome<T>(
                wasSent ? OutcomeKind.Unknown : OutcomeKind.NotExecuted, null, null, default, used, 1,
                $"the connection to {Endpoint.Authority} is lost");
        }

        if (ProblemOf(answer) is { } problem)
        {
            return new WriteOutcome<T>(KindOf(problem), null, problem, default, used, 1, null);
        }

        var value = answer.TryGetProperty("data", out var data) ? Parse(data, type) : null;
        return value is null
            ? new WriteOutcome<T>(
                OutcomeKind.Unknown, null, null, default, used, 1,
                $"{Endpoint.Authority} gave an answer that is none of this API's")
            : new WriteOutcome<T>(OutcomeKind.Committed, value, null, default, used, 1, null);
    }

    private async Task<(JsonElement? Reply, bool WasSent)> SendAsync(
        string op, string? key, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _last);
        var message = Message(id, op, key, write);
        var waiter = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _sending.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            _waiting[id] = waiter;
            if (_isLost)
            {
                _waiting.TryRemove(id, out _);
                return (null, false);
            }

            // Half a message would take the connection with it, so a message once begun is not given up.
            if (!await _link.TrySendAsync(message, CancellationToken.None).ConfigureAwait(false))
            {
                _waiting.TryRemove(id, out _);
                return (null, true);
            }
        }
        finally
        {
            _sending.Release();
        }

        return (await waiter.Task.WaitAsync(cancellation).ConfigureAwait(false), true);
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (await _link.ReceiveAsync(_ended.Token).ConfigureAwait(false) is { } message)
            {
                if (message.TryGetProperty("id", out var id) && id.TryGetInt64(out var number)
                    && _waiting.TryRemove(number, out var waiter))
                {
                    waiter.TrySetResult(message);
                }
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // It was closed here.
        }

        _isLost = true;
        foreach (var id in _waiting.Keys)
        {
            if (_waiting.TryRemove(id, out var waiter))
            {
                waiter.TrySetResult(null);
            }
        }
    }

    private static byte[] Message(long id, string op, string? key, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteString("op", op);
        WriteText(json, "idempotency_key", key);
        write(json);
        json.WriteEndObject();
        json.Flush();
        return bytes.ToArray();
    }

    private static void Write<T>(Utf8JsonWriter json, T body, JsonTypeInfo<T> type)
    {
        json.WritePropertyName("data");
        JsonSerializer.Serialize(json, body, type);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static Problem? ProblemOf(JsonElement? reply) =>
        reply is { } answer && answer.TryGetProperty("problem", out var problem)
            ? problem.Deserialize(ResponseJson.Default.Problem)
            : null;

    private static OutcomeKind KindOf(Problem problem) => problem.Outcome switch
    {
        "unknown" or "committed" => OutcomeKind.Unknown,
        "not_executed" or "rejected" when problem.Status is 429 or 503 => OutcomeKind.NotExecuted,
        _ => problem.Status < 500 ? OutcomeKind.Rejected : OutcomeKind.Unknown,
    };

    private static T? Parse<T>(JsonElement data, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return data.Deserialize(type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
