using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: where HTTP is encrypted, gRPC is. Method: a node with TLS, asked with it, with trust in another
/// authority, and without TLS.</summary>
public sealed class GrpcTlsTests : IAsyncLifetime
{
    private const string Digest = "/replicatedbook.v1.Cluster/Digest";
    private const string Events = "/replicatedbook.v1.Feed/StreamEvents";

    private readonly TestCertificates _certificates = new();
    private readonly int _port = TestNode.FreePort();

    private TestNode? _node;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartAsync([$"--Grpc:Port={_port}"], certificates: _certificates);
        await _node.Client.WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Calls_and_streams_are_encrypted_where_HTTP_is()
    {
        using var client = Client("https", _certificates);

        var digest = (await client.CallAsync(Digest, new DigestRequest(), DigestReply.Parser)).Ok();
        Assert.True(digest.Index > 0);
        await using var feed = await client.OpenAsync(Events, new StreamEventsRequest(), FeedEvent.Parser);
        var made = (await _node!.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        var heard = await feed.ReadAsync();
        while (heard.Index < (ulong)made.Index)
        {
            heard = await feed.ReadAsync();
        }

        Assert.Equal((ulong)made.Index, heard.Index);
    }

    [Fact]
    public async Task The_certificate_is_the_clusters_and_HTTP_2_is_agreed_on()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _port, Cancellation);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                CertificateChainPolicy = _certificates.Trust(),
                ApplicationProtocols = [SslApplicationProtocol.Http11, SslApplicationProtocol.Http2],
            },
            Cancellation);

        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
        Assert.InRange(tls.SslProtocol, SslProtocols.Tls12, SslProtocols.Tls13);
    }

    [Fact]
    public async Task Neither_another_authority_nor_clear_text_gets_an_answer()
    {
        using var other = new TestCertificates();
        using var misled = Client("https", other);
        using var plain = Client("http", _certificates);

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(misled));
        Assert.IsType<AuthenticationException>(refused.InnerException);
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(plain));

        static Task<GrpcReply<DigestReply>> CallAsync(GrpcTestClient client) =>
            client.CallAsync(Digest, new DigestRequest(), DigestReply.Parser);
    }

    private GrpcTestClient Client(string scheme, TestCertificates certificates) =>
        new(new UriBuilder(scheme, "localhost", _port).Uri, certificates.Trust());
}
