using System.Net;
using System.Net.Security;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.Clusters;

/// <summary>Goal: a cluster does over TLS what it does without. Method: three whole nodes in one process, TLS on both
/// of their ports, with certificates as <c>rb init</c> makes them.</summary>
public sealed class EncryptedNodesTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new("encrypted");
    private readonly TestMember[] _members =
    [
        .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
    ];

    private readonly List<TestNode> _nodes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var member in _members)
        {
            _nodes.Add(await TestNode.StartAsync(
                ["--Raft:ElectionTimeout=00:00:01"], member.Id, _members, "encrypted", _certificates));
        }

        foreach (var node in _nodes)
        {
            await node.Client.WaitUntilReadyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes)) // The last may have the folder of an earlier one.
        {
            await node.DisposeAsync();
        }

        _certificates.Dispose();
    }

    [Fact(Timeout = 120_000)]
    public async Task Writes_are_forwarded_replicated_and_redirected_to_https()
    {
        var created = new List<Answer>();
        foreach (var node in _nodes)
        {
            created.Add((await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201));
        }

        var last = created.Max(answer => answer.Index);
        foreach (var node in _nodes)
        {
            var path = $"/v1/accounts?consistency=weak&min_index={last}";
            Assert.Equal(3, (await node.Client.GetAsync(path)).Expect(200).At("items").GetArrayLength());
        }

        var digests = (await _nodes[0].Client.GetAsync("/v1/cluster/consistency?timeout_ms=10000")).Expect(200);
        Assert.True(digests.At("consistent").GetBoolean());
        Assert.Equal(3, digests.At("nodes").GetArrayLength());
        var follower = created.FindIndex(answer => answer.Headers.ContainsKey("rb-forwarded"));
        var redirected = await _nodes[follower].Client.SendAsync(
            HttpMethod.Post, "/v1/accounts?redirect=true", TestClient.Json("{}"));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirected.Status);
        Assert.StartsWith("https://", redirected["location"], StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task All_certificates_are_replaced_while_orders_flow()
    {
        var before = await SerialAsync(_nodes[0]);
        foreach (var member in _members)
        {
            _certificates.Renew(member.Id);
            foreach (var node in _nodes)
            {
                (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201);
            }
        }

        Assert.NotEqual(before, await SerialAsync(_nodes[0]));
        await _nodes[2].StopAsync(); // Started again, it makes all its links anew, with the new ones.
        (await _nodes[0].Client.PostAsync("/v1/accounts?timeout_ms=20000", "{}")).Expect(201);
        _nodes.Add(await TestNode.StartAsync(
            ["--Raft:ElectionTimeout=00:00:01", $"--Node:DataDirectory={_nodes[2].Folder}/data"], "n3", _members,
            "encrypted", _certificates));
        await _nodes[3].Client.WaitUntilReadyAsync();
        (await _nodes[3].Client.PostAsync("/v1/accounts", "{}")).Expect(201);
    }

    private static async Task<string> SerialAsync(TestNode node)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(
            node.Client.Http.BaseAddress!.Host, node.Client.Http.BaseAddress.Port, Cancellation);
        await using var tls = new SslStream(socket.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            Cancellation);
        return tls.RemoteCertificate!.GetSerialNumberString();
    }
}
