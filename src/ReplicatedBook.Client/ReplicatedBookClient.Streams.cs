using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Streaming;

namespace ReplicatedBook.Client;

/// <content>Connections that stay.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>Follows channels (API.md 3) over whichever node is there; nothing happens until it is read.</summary>
    /// <param name="channels">For instance <c>book:BTC-USD?depth=20</c>, <c>trades:BTC-USD</c>, <c>orders</c>; at least
    /// one, each once.</param>
    /// <param name="fromIndex">Only what comes after this index; null to begin with what is now.</param>
    public MarketDataStream Follow(IReadOnlyList<string> channels, long? fromIndex = null) =>
        new(Opener(), channels, fromIndex);

    /// <summary>Opens a connection over which orders are sent without waiting for each other. It ends with its
    /// node.</summary>
    /// <exception cref="OutcomeException">No node takes one, or the credential is refused.</exception>
    public async Task<OrderSocket> OpenOrderSocketAsync(CancellationToken cancellation = default) =>
        new(await Opener().OpenAsync(cancellation).ConfigureAwait(false));

    private SocketOpener Opener() => new(_http, _ring, _sender, _options);
}
