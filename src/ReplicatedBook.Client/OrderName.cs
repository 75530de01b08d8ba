namespace ReplicatedBook.Client;

/// <summary>Names an order: by the exchange's id or by the client's.</summary>
public sealed record OrderName
{
    private OrderName(string path) => Path = path;

    /// <summary>Its route, without a leading slash.</summary>
    internal string Path { get; }

    /// <summary>By the id the exchange gave out.</summary>
    public static OrderName ById(string orderId) => new($"v1/orders/{Uri.EscapeDataString(orderId)}");

    /// <summary>By the id its owner gave it.</summary>
    /// <param name="clientOrderId">1 to 36 characters.</param>
    /// <param name="account">Whose; null where there is only one account.</param>
    public static OrderName ByClientId(string clientOrderId, string? account) => new(
        $"v1/orders/by_client_id/{Uri.EscapeDataString(clientOrderId)}"
        + (account is null ? string.Empty : $"?account_id={Uri.EscapeDataString(account)}"));
}
