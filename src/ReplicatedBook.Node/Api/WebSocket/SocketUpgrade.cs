using Microsoft.AspNetCore.Http.Features;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Hands a <see cref="SocketStream"/> to the framework's handshake instead of the bare connection.</summary>
internal sealed class SocketUpgrade(IHttpUpgradeFeature inner, TimeProvider time) : IHttpUpgradeFeature
{
    /// <summary>The bytes of the connection; null before the handshake.</summary>
    public SocketStream? Stream { get; private set; }

    /// <inheritdoc/>
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() => Stream = new SocketStream(await inner.UpgradeAsync(), time);
}
