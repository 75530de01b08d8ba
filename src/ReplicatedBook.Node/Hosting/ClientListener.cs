using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Listens for clients, with limits on size and time for all that they send.</summary>
internal sealed class ClientListener(NodeSettings settings) : IConfigureOptions<KestrelServerOptions>
{
    private const int MinBodyBytesPerSecond = 240;

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        var given = settings.Limits;
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = given.MaxConnections;
        options.Limits.MaxRequestBodySize = given.MaxBatchBodyBytes;
        options.Limits.RequestHeadersTimeout = given.HeaderTimeout;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(MinBodyBytesPerSecond, given.BodyGrace);
        options.Listen(
            IPAddress.Parse(settings.Http.Address), settings.Http.Port,
            static listen => listen.Protocols = HttpProtocols.Http1);
    }
}
