using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ReplicatedBook.Client;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Metrics;
using ReplicatedBook.Node.Tests.Peers;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: clients reach the node they mean, encrypted, and nothing but HTTP over TLS is served there. Method: a
/// node with TLS, real clients, and bytes that do not belong there.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();

    private TestNode? _node;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => _node!.Client.Http.BaseAddress!;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync(["--Limits:HeaderTimeout=00:00:02"], certificates: _certificates);
        await _node.Client.WaitUntilReadyAsync();
        await _node.WaitForFeatureLevelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task The_sdk_trusts_the_authority_it_is_given_and_no_other()
    {
        using var other = new TestCertificates();
        using var client = Sdk(_certificates);
        using var misled = Sdk(other);
        using var trusting = new ReplicatedBookClient([Address], Quick);

        Assert.True((await client.GetNodeAsync()).IsAnswered);
        foreach (var wrong in new[] { misled, trusting })
        {
            var answer = await wrong.GetNodeAsync();
            Assert.False(answer.IsAnswered);
            Assert.Contains("certificate", answer.Describe(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_sdk_takes_no_certificate_for_another_host()
    {
        using var client = new ReplicatedBookClient(
            [new UriBuilder(Address) { Host = "127.0.0.2" }.Uri],
            Quick with { Authorities = Authorities(_certificates) });

        Assert.False((await client.GetNodeAsync()).IsAnswered);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Both_versions_of_TLS_are_spoken_and_HTTP_1_1_agreed_on(SslProtocols protocol)
    {
        using var socket = await ConnectAsync();
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocol,
                CertificateChainPolicy = _certificates.Trust(),
                ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            },
            Cancellation);

        Assert.Equal((protocol, SslApplicationProtocol.Http11), (tls.SslProtocol, tls.NegotiatedApplicationProtocol));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, ClientHello.Alert)]
    [InlineData(2, ClientHello.Alert)]
    [InlineData(3, ClientHello.Handshake)]
    public async Task Nothing_below_TLS_1_2_is_spoken(byte minor, byte answer)
    {
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(ClientHello.UpTo(minor), Cancellation);

        var first = new byte[1];
        await socket.GetStream().ReadExactlyAsync(first, Cancellation);
        Assert.Equal(answer, first[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_handshake_that_is_not_begun_ends_the_connection()
    {
        using var socket = await ConnectAsync();

        Assert.Equal(0, await ReadToEndAsync(socket.GetStream()));
    }

    [Theory] // Neither plain HTTP nor what peers say to each other.
    [InlineData(false)]
    [InlineData(true)]
    public async Task Other_bytes_than_TLS_end_the_connection(bool ofPeer)
    {
        var before = _node!.AppliedIndex;
        using var socket = await ConnectAsync();
        await socket.GetStream().WriteAsync(
            ofPeer
                ? PeerBytes.Greeting(new PeerHello("test", new NodeId("n2"), new NodeId("n1")))
                : "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(),
            Cancellation);

        Assert.Equal(0, await ReadToEndAsync(socket.GetStream()));
        Assert.Equal(before, _node.AppliedIndex);
    }

    [Fact]
    public async Task A_new_certificate_is_shown_without_a_restart()
    {
        var first = await SerialAsync();

        _certificates.Renew("n1");

        Assert.NotEqual(first, await SerialAsync());
        (await _node!.Client.GetAsync("/livez")).Expect(200);
    }

    [Fact]
    public async Task Metrics_say_when_certificates_end()
    {
        var scraped = ScrapedMetrics.Parse((await _node!.Client.GetAsync("/metrics")).Expect(200).Text);
        var tomorrow = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds();

        foreach (var use in new[] { "clients", "peers" })
        {
            var end = scraped.Of($$"""rb_certificate_expiry_seconds{use="{{use}}"}""");
            Assert.InRange(end, tomorrow - 600, tomorrow + 600);
        }
    }

    private static ClientOptions Quick { get; } = new() { Deadline = TimeSpan.FromSeconds(5), MaxAttempts = 2 };

    private static System.Security.Cryptography.X509Certificates.X509Certificate2Collection Authorities(
        TestCertificates certificates) => certificates.Trust().CustomTrustStore;

    private ReplicatedBookClient Sdk(TestCertificates certificates) => new(
        [Address], Quick with { Authorities = Authorities(certificates) });

    private async Task<string> SerialAsync()
    {
        using var socket = await ConnectAsync();
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = _certificates.Trust(),
            },
            Cancellation);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port, Cancellation);
        return socket;
    }

    /// <summary>Bytes of HTTP that came before the end; an alert of TLS is none.</summary>
    private static async Task<int> ReadToEndAsync(NetworkStream stream)
    {
        var read = new MemoryStream();
        try
        {
            await stream.CopyToAsync(read, Cancellation);
        }
        catch (IOException)
        {
            return 0;
        }

        const byte Alert = 21;
        return read.Length == 0 || read.GetBuffer()[0] == Alert ? 0 : (int)read.Length;
    }
}
