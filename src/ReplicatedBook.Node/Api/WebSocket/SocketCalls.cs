using System.Globalization;
using System.Text;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.InProcess;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Says which request of HTTP a message about orders is. What stands in path and query there is a field of the
/// message; the body is its <c>data</c>.</summary>
internal static class SocketCalls
{
    private static readonly (SocketField Field, string Name)[] Parameters =
    [
        (SocketField.AccountId, "account_id"), (SocketField.Instrument, "instrument"), (SocketField.Side, "side"),
        (SocketField.Type, "type"), (SocketField.Wait, "wait"),
    ];

    /// <summary>The request of HTTP.</summary>
    /// <returns>The request without who makes it; or why there is none.</returns>
    public static (RouteCall? Call, ApiProblem? Problem) Of(SocketRequest request)
    {
        if (request.Op == SocketOp.Place)
        {
            return (Post("/v1/orders", request), null);
        }

        if (request.Op == SocketOp.Batch)
        {
            return (Post("/v1/orders/batch", request), null);
        }

        if (request.Op == SocketOp.Amend)
        {
            var path = PathOf(request.Text(SocketField.OrderId)!);
            return path is null ? (null, NoOrder) : (Call("PATCH", path, request), null);
        }

        return request.Op == SocketOp.CancelAll ? (Call("DELETE", "/v1/orders", request), null) : Cancel(request);
    }

    private static ApiProblem NoOrder { get; } = Problems.NotFound("no such order, or it is no longer kept");

    private static (RouteCall? Call, ApiProblem? Problem) Cancel(SocketRequest request)
    {
        var (order, name) = (request.Text(SocketField.OrderId), request.Text(SocketField.ClientOrderId));
        if (order is null == name is null)
        {
            return (null, ApiProblem.OfField(
                order is null ? ProblemCodes.MissingField : ProblemCodes.InvalidField, "order_id",
                "an order is canceled by either order_id or client_order_id"));
        }

        var path = name is null ? PathOf(order!) : PathOf(name, "/v1/orders/by_client_id/");
        return path is null ? (null, NoOrder) : (Call("DELETE", path, request), null);
    }

    /// <summary>The path of an order; null for what cannot be part of a path and so names none.</summary>
    private static string? PathOf(string id, string prefix = "/v1/orders/") =>
        id is "" or "." or ".." ? null : prefix + Uri.EscapeDataString(id);

    private static RouteCall Post(string path, SocketRequest request) => Call("POST", path, request);

    private static RouteCall Call(string method, string path, SocketRequest request)
    {
        var target = new StringBuilder(path);
        var separator = '?';
        foreach (var (field, name) in Parameters)
        {
            if (request.Text(field) is { } text)
            {
                target.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(text));
                separator = '&';
            }
        }

        if (request.Number(SocketField.TimeoutMs) is { } timeout)
        {
            target.Append(separator).Append(CultureInfo.InvariantCulture, $"timeout_ms={timeout}");
        }

        return new RouteCall(method, target.ToString())
        {
            Body = request.Data,
            IdempotencyKey = request.Text(SocketField.IdempotencyKey),
        };
    }
}
