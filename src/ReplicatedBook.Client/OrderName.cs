using System.Text.Json;

namespace ReplicatedBook.Client;

/// <summary>Names an order: by the exchange's id or by the client's.</summary>
public sealed record OrderName
{
    private readonly string _id;
    private readonly string? _account;
    private readonly bool _isClients;

    private OrderName(string id, bool isClients, string? account) => (_id, _isClients, _account) =
        (id, isClients, account);

    /// <summary>Its route, without a leading slash.</summary>
    internal string Path => $"v1/orders/{(_isClients ? "by_client_id/" : "")}{Uri.EscapeDataString(_id)}"
        + (_account is null ? string.Empty : $"?account_id={Uri.EscapeDataString(_account)}");

    /// <summary>By the id the exchange gave out.</summary>
    public static OrderName ById(string orderId) => new(orderId, false, null);

    /// <summary>By the id its owner gave it.</summary>
    /// <param name="clientOrderId">1 to 36 characters.</param>
    /// <param name="account">Whose; null where there is only one account.</param>
    public static OrderName ByClientId(string clientOrderId, string? account) => new(clientOrderId, true, account);

    /// <summary>Writes it as fields of a message.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteString(_isClients ? "client_order_id" : "order_id", _id);
        if (_account is not null)
        {
            json.WriteString("account_id", _account);
        }
    }
}
