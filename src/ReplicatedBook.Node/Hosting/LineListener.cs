using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Listens for the line protocol on a port of its own. Limits on connections are those of the other
/// ports.</summary>
internal sealed class LineListener(
    NodeSettings settings, NodeCertificates certificates, ConnectionLimit limit, LineEndpoint endpoint)
    : IConfigureOptions<KestrelServerOptions>
{
    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        if (settings.Tcp.Port is not { } port)
        {
            return;
        }

        options.Listen(
            IPAddress.Parse(settings.Tcp.Address), port,
            listen =>
            {
                endpoint.Listen = listen;
                listen.Protocols = HttpProtocols.None; // None to agree on by TLS either.
                listen.Use(limit.Guard);
                if (certificates.ForClients is { } files)
                {
                    ClientListener.Encrypt(listen, files, settings.Limits.HeaderTimeout);
                }

                listen.UseConnectionHandler<LineHandler>();
            });
    }
}
