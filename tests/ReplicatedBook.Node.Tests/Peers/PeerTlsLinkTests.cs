using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Metrics;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: a node tells nobody anything but the peer that it means. Method: a server at the peer's address with
/// real certificates of every wrong kind.</summary>
public sealed class PeerTlsLinkTests : IAsyncDisposable
{
    private static readonly NodeId Self = new("n1");
    private static readonly NodeId Peer = new("n2");

    private readonly TestCertificates _certificates = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly NodeMeter _meter = new();
    private readonly MetricsExporter _exporter;
    private readonly PeerTransport _transport;

    public PeerTlsLinkTests()
    {
        _listener.Start();
        _exporter = new MetricsExporter(_meter.Meter);
        _ = _certificates.FlagsOf("n1");
        var options = new PeerTlsOptions
        {
            CertificateFile = _certificates.FileOf("n1", "peer.crt"),
            KeyFile = _certificates.FileOf("n1", "peer.key"),
            AuthorityFile = Path.Combine(_certificates.Folder, "ca.crt"),
        };
        var security = new PeerSecurity(
            new CertificateFiles(options, new NodeName("test", "n1"), NullLogger.Instance),
            new PeerIdentity("test", Self),
            new PeerRefusals(_meter, TimeProvider.System, NullLogger<PeerRefusals>.Instance));
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _transport = new PeerTransport(
            "test", Self, [new PeerAddress(Peer, "127.0.0.1", port)], security, NullLogger<PeerTransport>.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task The_peer_itself_is_greeted()
    {
        _transport.Start(new PeerEvents(_ => { }, _ => { }));
        using var certificate = _certificates.Peer("n2");
        await using var tls = await AcceptAsync();

        await tls.AuthenticateAsServerAsync(Options(certificate), Cancellation);

        using var expected = _certificates.Peer("n1");
        Assert.Equal(NodeName.Of(expected), NodeName.Of((X509Certificate2)tls.RemoteCertificate!));
        var greeting = PeerBytes.Greeting(new PeerHello("test", Self, Peer));
        var read = new byte[greeting.Length];
        await tls.ReadExactlyAsync(read, Cancellation);
        Assert.Equal(greeting, read);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("of another node", "other_node")]
    [InlineData("of another cluster", "other_cluster")]
    [InlineData("of another authority", "foreign_authority")]
    [InlineData("for clients", "no_node")]
    [InlineData("expired", "expired")]
    public async Task Somebody_else_hears_nothing(string kind, string reason)
    {
        using var other = new TestCertificates();
        using var certificate = kind switch
        {
            "of another node" => _certificates.Peer("n3"),
            "of another cluster" => _certificates.PeerOf("other", "n2"),
            "of another authority" => other.Peer("n2"),
            "for clients" => _certificates.Api("n2"),
            _ => _certificates.Peer("n2", TimeSpan.FromMinutes(-30)),
        };
        _transport.Start(new PeerEvents(_ => { }, _ => { }));
        do // It comes again, and a busy machine may be too slow for its first time.
        {
            await using var tls = await AcceptAsync();
            Assert.Equal(0, await BytesReadAsync(tls, certificate));
        }
        while (!IsCounted(reason));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_speaks_no_TLS_hears_nothing()
    {
        _transport.Start(new PeerEvents(_ => { }, _ => { }));
        using var socket = await _listener.AcceptSocketAsync(Cancellation);
        await socket.SendAsync(PeerBytes.Greeting(new PeerHello("test", Peer, Self)));

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!IsCounted("no_tls"))
        {
            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _listener.Dispose();
        _exporter.Dispose();
        _meter.Dispose();
        _certificates.Dispose();
    }

    private async Task<SslStream> AcceptAsync() => new(
        new NetworkStream(await _listener.AcceptSocketAsync(Cancellation), ownsSocket: true));

    /// <summary>How many bytes come that were meant for the peer.</summary>
    private static async Task<int> BytesReadAsync(SslStream tls, X509Certificate2 certificate)
    {
        try
        {
            await tls.AuthenticateAsServerAsync(Options(certificate), Cancellation);
            return await tls.ReadAsync(new byte[1], Cancellation);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return 0;
        }
    }

    private static SslServerAuthenticationOptions Options(X509Certificate2 certificate) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true),
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = (_, _, _, _) => true,
    };

    private bool IsCounted(string reason) => ScrapedMetrics.Parse(_exporter.Scrape()).Samples.ContainsKey(
        $$"""rb_peer_refusals_total{direction="outgoing",reason="{{reason}}"}""");
}
