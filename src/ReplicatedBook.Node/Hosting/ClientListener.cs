using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Listens for clients, with limits on size and time for all that they send.</summary>
internal sealed class ClientListener(NodeSettings settings, NodeCertificates certificates, ConnectionLimit limit)
    : IConfigureOptions<KestrelServerOptions>
{
    private const int MinBodyBytesPerSecond = 240;
    private static readonly DigitsEncoding Digits = new();

    /// <inheritdoc/>
    public void Configure(KestrelServerOptions options)
    {
        var given = settings.Limits;
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = given.MaxConnections;

        // Routes refuse what is above their own limit. The rest of such a body is read and dropped up to twice the
        // largest: a connection that ends while the client still sends would take the refusal with it.
        options.Limits.MaxRequestBodySize = 2L * given.MaxBatchBodyBytes;
        options.Limits.RequestHeadersTimeout = given.HeaderTimeout;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(MinBodyBytesPerSecond, given.BodyGrace);
        options.RequestHeaderEncodingSelector =
            static name => name == HeaderNames.ContentLength ? Digits : null; // Null: as always.
        options.Listen(
            IPAddress.Parse(settings.Http.Address), settings.Http.Port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(limit.Guard);
                if (certificates.ForClients is { } files)
                {
                    Encrypt(listen, files, given.HeaderTimeout);
                }
            });
    }

    /// <summary>Has a port speak TLS, with the certificate as it is when a connection comes.</summary>
    public static void Encrypt(ListenOptions listen, CertificateFiles files, TimeSpan handshake) =>
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = handshake,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = files.Current.Context,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            }),
        });
}
