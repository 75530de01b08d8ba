using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Listens for gRPC on a port of its own: HTTP/2 from the first byte, or by ALPN where it is encrypted. Limits on
/// connections and headers are those of the other port.</summary>
internal sealed class GrpcListener(NodeSettings settings, NodeCertificates certificates, ConnectionLimit limit)
    : IConfigureOptions<KestrelServerOptions>
{
    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        if (settings.Grpc.Port is not { } port)
        {
            return;
        }

        // No other port speaks HTTP/2.
        options.Limits.Http2.MaxStreamsPerConnection = settings.Grpc.MaxStreamsPerConnection;
        options.Limits.Http2.KeepAlivePingDelay = settings.Grpc.KeepAliveInterval;
        options.Limits.Http2.KeepAlivePingTimeout = settings.Grpc.KeepAliveInterval;
        options.Listen(
            IPAddress.Parse(settings.Grpc.Address), port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.Use(limit.Guard);
                listen.Use(next => connection =>
                {
                    connection.Features.Set(GrpcConnection.Mark);
                    return next(connection);
                });
                if (certificates.ForClients is { } files)
                {
                    ClientListener.Encrypt(listen, files, settings.Limits.HeaderTimeout);
                }
            });
    }
}
