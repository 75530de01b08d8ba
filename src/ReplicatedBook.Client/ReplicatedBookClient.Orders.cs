using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>Orders.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Places an order.</summary>
    /// <param name="order">What to place.</param>
    /// <param name="key">Null: a new one is made up, unless the order has a <c>client_order_id</c>, which then does the
    /// same job and spares the replicated table of keys. Only with a key is a refusal that follows a lost attempt
    /// definite.</param>
    /// <param name="cancellation">Gives the call up; the order may have been placed.</param>
    public Task<WriteOutcome<OrderResponse>> PlaceOrderAsync(
        PlaceOrderRequest order, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? (order.ClientOrderId is null ? NewKey() : null);
        var body = JsonSerializer.SerializeToUtf8Bytes(order, RequestJson.Default.PlaceOrderRequest);
        return WriteAsync(
            new Call(HttpMethod.Post, "v1/orders", used, body), ResponseJson.Default.OrderResponse,
            used ?? order.ClientOrderId!, cancellation);
    }

    /// <summary>What would become of an order; nothing is placed. An order that would be refused is a refused read with
    /// the problem that placing it would give.</summary>
    public Task<ReadAnswer<OrderPreviewResponse>> ValidateOrderAsync(
        PlaceOrderRequest order, ReadOptions read, CancellationToken cancellation = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(order, RequestJson.Default.PlaceOrderRequest);
        return ReadAsync(
            new Call(HttpMethod.Post, read.On("v1/orders/validate"), null, body) { IsRead = true },
            ResponseJson.Default.OrderPreviewResponse, cancellation);
    }

    /// <summary>Places 1 to 100 orders in one log entry, in their order: each for itself, or all or none.</summary>
    public Task<WriteOutcome<BatchResponse>> PlaceBatchAsync(
        PlaceBatchRequest batch, string? key = null, CancellationToken cancellation = default) => WriteAsync(
            HttpMethod.Post, "v1/orders/batch", batch, RequestJson.Default.PlaceBatchRequest,
            ResponseJson.Default.BatchResponse, key, cancellation);

    /// <summary>An order with its trades.</summary>
    public Task<ReadAnswer<OrderResponse>> GetOrderAsync(
        OrderName order, ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On(order.Path), ResponseJson.Default.OrderResponse, cancellation);

    /// <summary>Changes an open order: less quantity alone keeps its time priority, all else loses it.</summary>
    public Task<WriteOutcome<OrderResponse>> AmendOrderAsync(
        string orderId, AmendOrderRequest change, string? key = null, CancellationToken cancellation = default) =>
        WriteAsync(
            HttpMethod.Patch, $"v1/orders/{Escape(orderId)}", change, RequestJson.Default.AmendOrderRequest,
            ResponseJson.Default.OrderResponse, key, cancellation);

    /// <summary>Cancels an order.</summary>
    public Task<WriteOutcome<OrderResponse>> CancelOrderAsync(
        OrderName order, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        return WriteAsync(
            new Call(HttpMethod.Delete, order.Path, used, null), ResponseJson.Default.OrderResponse, used,
            cancellation);
    }

    /// <summary>Cancels all open orders that match; null matches all.</summary>
    public Task<WriteOutcome<MassCancelResponse>> CancelOrdersAsync(
        string? account, string? instrument, string? side, string? key = null, CancellationToken cancellation = default)
    {
        var used = key ?? NewKey();
        string?[] filters =
        [
            account is null ? null : "account_id=" + Escape(account),
            instrument is null ? null : "instrument=" + Escape(instrument),
            side is null ? null : "side=" + Escape(side),
        ];
        var query = string.Join('&', filters.Where(filter => filter is not null));
        var path = query.Length == 0 ? "v1/orders" : "v1/orders?" + query;
        return WriteAsync(
            new Call(HttpMethod.Delete, path, used, null), ResponseJson.Default.MassCancelResponse, used, cancellation);
    }

    /// <summary>What became of a command.</summary>
    /// <param name="name">Its id or its key.</param>
    /// <param name="read">How fresh.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<CommandResponse>> GetCommandAsync(
        string name, ReadOptions read, CancellationToken cancellation = default) =>
        ReadAsync(read.On($"v1/commands/{Escape(name)}"), ResponseJson.Default.CommandResponse, cancellation);
}
