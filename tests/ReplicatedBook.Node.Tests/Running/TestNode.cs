using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Matching;
using ReplicatedBook.Node.Hosting;
using ReplicatedBook.Node.Tests.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>A whole node in the test's process: real engine, real disk in a folder of its own, real sockets.</summary>
public sealed class TestNode : IAsyncDisposable
{
    private static readonly ConcurrentBag<PortLease> Leases = [];

    private readonly WebApplication _app;

    private TestNode(WebApplication app, Uri address, string folder, TestCertificates? certificates)
    {
        _app = app;
        Folder = folder;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = certificates?.Trust();
        Client = new TestClient(new HttpClient(handler) { BaseAddress = address });
    }

    public TestClient Client { get; }

    public string Folder { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a node; it may still be without a leader.</summary>
    /// <param name="settings">Flags beyond those of a member of <paramref name="members"/>; one that joins is told none
    /// of them.</param>
    /// <param name="id">Its name.</param>
    /// <param name="members">All members with their ports; none for a cluster of one.</param>
    /// <param name="cluster">Its cluster; of its own where ports may be used again soon after.</param>
    /// <param name="certificates">For TLS on both ports; none for plain ones.</param>
    /// <param name="more">What the test puts in place of the node's own parts.</param>
    internal static async Task<TestNode> StartAsync(
        IEnumerable<string>? settings = null, string id = "n1", IReadOnlyList<TestMember>? members = null,
        string cluster = "test", TestCertificates? certificates = null, Action<IServiceCollection>? more = null)
    {
        var folder = Directory.CreateTempSubdirectory("rb-node-").FullName;
        members ??= [new TestMember("n1", 0, 0)];
        var self = members.Single(member => member.Id == id);
        var isJoining = settings?.Contains("--Cluster:Join=true") is true;
        var scheme = certificates is null ? "http" : "https";
        List<string> flags =
        [
            $"--Cluster:Id={cluster}", $"--Node:Id={id}", $"--Node:DataDirectory={folder}/data",
            $"--Http:Port={self.HttpPort}", $"--Peer:Port={self.PeerPort}", "--Logging:LogLevel:Default=None",
            "--Logging:Console:LogLevel:Default=None", "--Auth:Mode=off",
        ];
        for (var i = 0; i < members.Count && !isJoining; i++)
        {
            flags.Add($"--Cluster:Members:{i}:NodeId={members[i].Id}");
            flags.Add($"--Cluster:Members:{i}:Peer=127.0.0.1:{members[i].PeerPort}");
            flags.Add($"--Cluster:Members:{i}:Api={scheme}://127.0.0.1:{members[i].HttpPort}");
        }

        flags.AddRange(certificates?.FlagsOf(id) ?? []);
        flags.AddRange(settings ?? []);
        var app = NodeHost.Build([.. flags], services =>
        {
            services.AddRaftLog();
            more?.Invoke(services);
        });
        await app.StartAsync();
        return new TestNode(app, new Uri(app.Urls.First()), folder, certificates);
    }

    /// <summary>Starts a cluster of one and waits until it takes commands.</summary>
    public static async Task<TestNode> StartReadyAsync(params string[] settings)
    {
        var node = await StartAsync(settings);
        await node.Client.WaitUntilReadyAsync();
        return node;
    }

    /// <summary>Waits until the state has a feature level, which is the last entry of the node's own.</summary>
    public async Task WaitForFeatureLevelAsync(int level = FeatureLevels.Supported)
    {
        var (log, reader) =
            (Services.GetRequiredService<IReplicatedLog>(), Services.GetRequiredService<IReplicaReader>());
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (log.Status is var status && status.FeatureLevel < level)
        {
            await reader.WaitAppliedAsync(status.AppliedIndex + 1, patience.Token);
        }
    }

    /// <summary>A port that nobody else is given while this process runs, and that no outgoing connection
    /// takes.</summary>
    public static int FreePort()
    {
        var lease = PortLease.Take();
        Leases.Add(lease);
        return lease.Port;
    }

    public long AppliedIndex => Services.GetRequiredService<IReplicatedLog>().Status.AppliedIndex;

    /// <summary>Stops it in good order.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
