namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>A message of a client's, taken apart; what the routes check is still as it was given.</summary>
internal sealed class SocketRequest
{
    /// <summary>JSON of the client's name for it; empty for none.</summary>
    public required ReadOnlyMemory<byte> Id { get; init; }

    /// <summary>What it asks for.</summary>
    public required SocketOp Op { get; init; }

    /// <summary>Fields that were given.</summary>
    public required SocketField Given { get; init; }

    /// <summary>JSON of a request's body; empty for none.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Channels to follow, or to follow no longer.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>Texts by field.</summary>
    public required IReadOnlyDictionary<SocketField, string> Texts { get; init; }

    /// <summary>Numbers by field.</summary>
    public required IReadOnlyDictionary<SocketField, long> Numbers { get; init; }

    /// <summary>Switches that are on.</summary>
    public required SocketField On { get; init; }

    /// <summary>A text; null when absent.</summary>
    public string? Text(SocketField field) => Texts.GetValueOrDefault(field);

    /// <summary>A number; null when absent.</summary>
    public long? Number(SocketField field) => Numbers.TryGetValue(field, out var value) ? value : null;

    /// <summary>A switch; null when absent.</summary>
    public bool? Flag(SocketField field) => (Given & field) == 0 ? null : (On & field) != 0;
}
