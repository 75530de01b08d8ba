using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Node n1 of three over real HTTP, whose log, state and peers do as the test says; it has no data and no
/// peer port.</summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedNode(string[] settings)
    {
        List<string> flags =
        [
            "--Cluster:Id=scripted", "--Node:Id=n1", "--Node:DataDirectory=unused", "--Http:Port=0",
            "--Logging:LogLevel:Default=None", "--Logging:Console:LogLevel:Default=None",
            "--Auth:Mode=off",
        ];
        for (var i = 0; i < Members.Length; i++)
        {
            flags.Add($"--Cluster:Members:{i}:NodeId={Members[i]}");
            flags.Add($"--Cluster:Members:{i}:Peer=127.0.0.1:{i + 1}");
            flags.Add($"--Cluster:Members:{i}:Api=http://127.0.0.1:{i + 1}");
        }

        Reader = new ScriptedReader { Log = Log };
        Log.Status = At(Log.Status);
        Reader.Index = Log.Status.AppliedIndex;
        var feed = new EventFeed(16, 1 << 16);
        _app = NodeHost.Build([.. flags, .. settings], services => services
            .AddSingleton<IReplicatedLog>(Log)
            .AddSingleton<IReplicaReader>(Reader)
            .AddSingleton<IReplicaSnapshots>(Snapshots)
            .AddSingleton<IPeerCalls>(Peers)
            .AddSingleton(feed)
            .AddSingleton(new EventHistory(feed)));
    }

    public static string[] Members { get; } = ["n1", "n2", "n3"];

    public ScriptedLog Log { get; } = new();

    public ScriptedReader Reader { get; }

    public ScriptedSnapshots Snapshots { get; } = new();

    public ScriptedPeers Peers { get; } = new();

    public TestClient Client { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a node that leads.</summary>
    /// <param name="settings">Flags beyond those every scripted node has.</param>
    public static async Task<ScriptedNode> StartAsync(params string[] settings)
    {
        var node = new ScriptedNode(settings);
        await node._app.StartAsync();
        node.Client = new TestClient(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
            {
                BaseAddress = new Uri(node._app.Urls.First()),
            });
        return node;
    }

    /// <summary>Makes the node one that follows.</summary>
    /// <param name="leader">Whom; null when no leader is known.</param>
    public void Follow(string? leader) => Log.Status = At(ScriptedLog.Following(leader));

    public ValueTask DisposeAsync()
    {
        Client?.Http.Dispose();
        return _app.DisposeAsync();
    }

    private static ReplicaStatus At(ReplicaStatus status) => status with
    {
        Voters = [.. Members.Select(member => new NodeId(member))],
        Term = 4,
        CommitIndex = 41,
        AppliedIndex = 40,
        AppliedTerm = 3,
        Digest = new Digest(0xABCD, 1, 2, 3),
    };
}
