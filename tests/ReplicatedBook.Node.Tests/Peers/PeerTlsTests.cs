using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Metrics;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: with TLS nobody reaches consensus but nodes of this cluster, each in its own name. Method: real
/// certificates of every wrong kind at a node's peer port.</summary>
public sealed class PeerTlsTests : IAsyncLifetime
{
    private const long FarTerm = 1_000_000;
    private static readonly NodeId One = new("n1");
    private static readonly NodeId Two = new("n2");

    private readonly TestCertificates _certificates = new();
    private readonly TestMember[] _members =
    [
        new("n1", TestNode.FreePort(), TestNode.FreePort()),
        new("n2", TestNode.FreePort(), TestNode.FreePort()),
    ];

    private TestNode? _node;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _node = await TestNode.StartAsync(id: "n1", members: _members, certificates: _certificates);

    public async ValueTask DisposeAsync()
    {
        await _node!.DisposeAsync();
        _certificates.Dispose();
    }

    [Theory(Timeout = 60_000)]
    [InlineData("none", "no_certificate")]
    [InlineData("of a client", "no_node")]
    [InlineData("of nobody", "no_node")]
    [InlineData("of another authority", "foreign_authority")]
    [InlineData("self-signed", "foreign_authority")]
    [InlineData("expired", "expired")]
    [InlineData("of another node", "other_node")]
    [InlineData("of another cluster", "other_cluster")]
    public async Task A_certificate_of_the_wrong_kind_is_refused_and_counted(string kind, string reason)
    {
        using var other = new TestCertificates();
        using var certificate = kind switch
        {
            "of a client" => _certificates.Api("n2"),
            "of nobody" => _certificates.Nobody(),
            "of another authority" => other.Peer("n2"),
            "self-signed" => SelfSigned(),
            "expired" => _certificates.Peer("n2", TimeSpan.FromMinutes(-30)),
            "of another node" => _certificates.Peer("n3"),
            "of another cluster" => _certificates.PeerOf("other", "n2"),
            _ => null,
        };
        var before = _node!.AppliedIndex;
        using var client = await ConnectAsync();

        Assert.True(await IsTurnedAwayAsync(client.GetStream(), certificate));

        await UntilCountedAsync(reason);
        Assert.Equal(before, _node.AppliedIndex);
        Assert.True(_node.Services.GetRequiredService<IReplicatedLog>().Status.Term < FarTerm);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_node_in_its_own_name_is_heard(SslProtocols protocol)
    {
        using var certificate = _certificates.Peer("n2");
        using var client = await ConnectAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Options(certificate, protocol), Cancellation);
        Assert.Equal(protocol, tls.SslProtocol);
        await tls.WriteAsync(
            (byte[])
            [
                .. PeerBytes.Greeting(new PeerHello("test", Two, One)),
                .. PeerBytes.Frame(new AppendEntries(Two, One, 7, 3, 2, [], 0, 0, 0)),
            ],
            Cancellation);

        // The answer goes over the node's own link where it has one; a call is answered here in any case.
        await tls.WriteAsync(PeerBytes.Call(1, PeerCallKind.Introduce), Cancellation);
        Assert.Equal(PeerAnswerStatus.Done, await PeerBytes.ReadAnswerAsync(tls, 1, Cancellation));
        Assert.Equal(7, _node!.Services.GetRequiredService<IReplicatedLog>().Status.Term);
    }

    [Fact(Timeout = 60_000)] // Without TLS, and without a word.
    public async Task Who_speaks_no_TLS_is_refused()
    {
        byte[][] openings =
        [
            PeerBytes.Greeting(new PeerHello("test", Two, One)), "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), [],
        ];
        foreach (var bytes in openings)
        {
            using var client = await ConnectAsync();
            await client.GetStream().WriteAsync(bytes, Cancellation);

            Assert.True(await IsClosedAsync(client.GetStream()));
        }

        await UntilCountedAsync("no_tls", openings.Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_frames_at_once_are_all_read()
    {
        const int Calls = 2_000; // Far more than one record of TLS holds.
        using var certificate = _certificates.Peer("n2");
        using var client = await ConnectAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Options(certificate, SslProtocols.Tls13), Cancellation);
        var calls = Enumerable.Range(1, Calls).SelectMany(i => PeerBytes.Call((ulong)i, PeerCallKind.Introduce));
        await tls.WriteAsync(
            (byte[])[.. PeerBytes.Greeting(new PeerHello("test", Two, One)), .. calls], Cancellation);

        var answered = 0;
        while (answered < Calls)
        {
            if (await PeerBytes.ReadAnyAnswerAsync(tls, Cancellation) is not null)
            {
                answered++;
            }
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_new_certificate_is_shown_without_a_restart_and_a_bad_one_is_not()
    {
        using var certificate = _certificates.Peer("n2");
        var first = await SerialAsync(certificate);

        _certificates.Renew("n1");
        var second = await SerialAsync(certificate);
        File.WriteAllText(_certificates.FileOf("n1", "peer.crt"), "nothing of use");
        var third = await SerialAsync(certificate);

        Assert.NotEqual(first, second);
        Assert.Equal(second, third);
    }

    private async Task<string> SerialAsync(X509Certificate2 certificate)
    {
        using var client = await ConnectAsync();
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(Options(certificate, SslProtocols.Tls13), Cancellation);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }

    /// <summary>Whether the node ends the connection, before or after it has been greeted.</summary>
    private async Task<bool> IsTurnedAwayAsync(NetworkStream stream, X509Certificate2? certificate)
    {
        await using var tls = new SslStream(stream);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(certificate, SslProtocols.None), Cancellation);
            await tls.WriteAsync(
                (byte[])
                [
                    .. PeerBytes.Greeting(new PeerHello("test", Two, One)), .. PeerBytes.Vote(Two, One, FarTerm),
                ],
                Cancellation);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return true;
        }

        return await IsClosedAsync(tls);
    }

    private static async Task<bool> IsClosedAsync(Stream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1], Cancellation) == 0;
        }
        catch (IOException)
        {
            return true; // Reset, or told by an alert.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _members[0].PeerPort, Cancellation);
        return client;
    }

    private SslClientAuthenticationOptions Options(X509Certificate2? certificate, SslProtocols protocols) => new()
    {
        TargetHost = "127.0.0.1",
        EnabledSslProtocols = protocols,
        CertificateChainPolicy = _certificates.Trust(),
        ClientCertificateContext =
            certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
    };

    private async Task UntilCountedAsync(string reason, int times = 1)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var series = $$"""rb_peer_refusals_total{direction="incoming",reason="{{reason}}"}""";
        while (true)
        {
            var scraped = ScrapedMetrics.Parse((await _node!.Client.GetAsync("/metrics")).Expect(200).Text);
            if (scraped.Samples.GetValueOrDefault(series) == times)
            {
                return;
            }

            await timer.WaitForNextTickAsync(Cancellation);
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using var authority = new TestCertificates();
        using var made = authority.Peer("n2");
        using var key = made.GetECDsaPrivateKey()!;
        var request = new CertificateRequest(
            "CN=n2", key, System.Security.Cryptography.HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:replicatedbook:node:test:n2"));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
    }
}
