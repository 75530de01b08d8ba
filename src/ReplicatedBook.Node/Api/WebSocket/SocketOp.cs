namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>What a client's message can ask for (API.md 3).</summary>
/// <param name="Name">As it stands in <c>op</c>.</param>
/// <param name="Required">Fields that it must have, beside <c>op</c>.</param>
/// <param name="Optional">Fields that it may have, beside <c>id</c>.</param>
internal sealed record SocketOp(string Name, SocketField Required, SocketField Optional)
{
    private const SocketField WriteFields = SocketField.IdempotencyKey | SocketField.TimeoutMs | SocketField.Wait;

    private const SocketField Named =
        SocketField.OrderId | SocketField.ClientOrderId | SocketField.AccountId | WriteFields;

    private const SocketField Filters =
        SocketField.AccountId | SocketField.Instrument | SocketField.Side | SocketField.Type | WriteFields;

    private const SocketField Switches = SocketField.CancelOnDisconnect | SocketField.GraceMs | SocketField.NoAck;

    public static readonly SocketOp Auth = new("auth", SocketField.Token, SocketField.None);

    public static readonly SocketOp Subscribe = new("subscribe", SocketField.Channels, SocketField.FromIndex);

    public static readonly SocketOp Unsubscribe = new("unsubscribe", SocketField.Channels, SocketField.None);

    public static readonly SocketOp Ping = new("ping", SocketField.None, SocketField.None);

    public static readonly SocketOp Session = new("session", SocketField.None, Switches);

    public static readonly SocketOp Place = new("order.place", SocketField.Data, WriteFields);

    public static readonly SocketOp Batch = new("order.batch", SocketField.Data, WriteFields);

    public static readonly SocketOp Amend = new("order.amend", SocketField.OrderId | SocketField.Data, WriteFields);

    public static readonly SocketOp Cancel = new("order.cancel", SocketField.None, Named);

    public static readonly SocketOp CancelAll = new("order.cancel_all", SocketField.None, Filters);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SocketOp> All { get; } =
        [Auth, Subscribe, Unsubscribe, Ping, Session, Place, Batch, Amend, Cancel, CancelAll];

    /// <summary>Whether it changes or cancels orders, or places some.</summary>
    public bool IsOfOrders => Name.StartsWith("order.", StringComparison.Ordinal);

    /// <summary>Fields that it takes.</summary>
    public SocketField Taken => Required | Optional | SocketField.Id | SocketField.Op;
}
