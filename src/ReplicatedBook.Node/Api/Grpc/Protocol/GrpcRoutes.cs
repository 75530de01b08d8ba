using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Asks routes on behalf of calls. Safe from any thread.</summary>
internal sealed class GrpcRoutes(RouteCaller caller)
{
    // Of the answer below and not of the call.
    private static readonly HashSet<string> Left = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Length", "Connection", "Date", "Transfer-Encoding",
    };

    /// <summary>Reads.</summary>
    /// <param name="call">On whose behalf.</param>
    /// <param name="target">Path and parameters.</param>
    /// <param name="type">Of the answer.</param>
    public ValueTask<GrpcAnswer<T>> GetAsync<T>(GrpcCall call, RouteTarget target, JsonTypeInfo<T> type)
        where T : class => AskAsync(call, HttpMethods.Get, target, default, type);

    /// <summary>Writes, with a body.</summary>
    /// <param name="call">On whose behalf.</param>
    /// <param name="method">POST or PATCH.</param>
    /// <param name="target">Path and parameters.</param>
    /// <param name="body">The body.</param>
    /// <param name="bodyType">Of the body.</param>
    /// <param name="type">Of the answer.</param>
    /// <param name="orderSession">Session that orders belong to; 0 for none.</param>
    public ValueTask<GrpcAnswer<T>> SendAsync<TBody, T>(
        GrpcCall call, string method, RouteTarget target, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type,
        long orderSession = 0)
        where T : class =>
        AskAsync(call, method, target, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), type, orderSession);

    /// <summary>Writes, without a body.</summary>
    public ValueTask<GrpcAnswer<T>> SendAsync<T>(
        GrpcCall call, string method, RouteTarget target, JsonTypeInfo<T> type)
        where T : class => AskAsync(call, method, target, default, type);

    /// <summary>Asks whether a route answers well, whatever it says.</summary>
    public async ValueTask<bool> IsWellAsync(GrpcCall call, string path) =>
        (await caller.CallAsync(new RouteCall(HttpMethods.Get, path) { Origin = call.Origin }, call.Cancellation))
            .IsSuccess;

    private async ValueTask<GrpcAnswer<T>> AskAsync<T>(
        GrpcCall call, string method, RouteTarget target, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type,
        long orderSession = 0)
        where T : class
    {
        var isRead = HttpMethods.IsGet(method);
        var request = new RouteCall(method, target.ToString())
        {
            Body = body,
            Authorization = call.Authorization,
            Origin = call.Origin,
            RequestId = call.RequestId,
            IdempotencyKey = isRead ? null : call.IdempotencyKey,
            OrderSession = orderSession,
        };

        // A write goes on when nobody waits for it any more; that is no reason to wait with the status.
        var answer = await caller.CallAsync(request, call.Cancellation).AsTask().WaitAsync(call.Cancellation);
        Tell(call.Http.Response, answer.Headers);
        return answer.IsSuccess
            ? JsonSerializer.Deserialize(answer.Body.Span, type)!
            : GrpcStatus.Of(JsonSerializer.Deserialize(answer.Body.Span, ResponseJson.Default.Problem)!);
    }

    private static void Tell(HttpResponse response, IHeaderDictionary headers)
    {
        if (response.HasStarted)
        {
            return; // Within a stream only the reply tells.
        }

        foreach (var (name, value) in headers)
        {
            if (!Left.Contains(name))
            {
                response.Headers[name] = value;
            }
        }
    }
}
