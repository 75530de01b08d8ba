namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>The fields that a client's message can have.</summary>
[Flags]
internal enum SocketField
{
    None = 0,
    Id = 1 << 0,
    Op = 1 << 1,
    Token = 1 << 2,
    Channels = 1 << 3,
    FromIndex = 1 << 4,
    Data = 1 << 5,
    OrderId = 1 << 6,
    ClientOrderId = 1 << 7,
    AccountId = 1 << 8,
    Instrument = 1 << 9,
    Side = 1 << 10,
    Type = 1 << 11,
    IdempotencyKey = 1 << 12,
    TimeoutMs = 1 << 13,
    Wait = 1 << 14,
    CancelOnDisconnect = 1 << 15,
    GraceMs = 1 << 16,
    NoAck = 1 << 17,
}
