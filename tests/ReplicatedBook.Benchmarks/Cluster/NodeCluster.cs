using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cli.Init;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Node;
using ReplicatedBook.Node.Hosting;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Three nodes on this machine: all as processes of their own, or the first within this process and made the
/// leader, so that a load can run inside of it. Ended with this process however that ends.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private const int Nodes = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);

    private readonly List<PortLease> _leases = [];
    private readonly Dictionary<string, NodePlan> _plans = [];
    private readonly Dictionary<string, NodeProcess> _processes = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-bench-").FullName;
    private WebApplication? _hosted;

    private NodeCluster(bool isEncrypted, IReadOnlyList<string> flags)
    {
        var members = Enumerable.Range(1, Nodes)
            .Select(k => new NodeMember($"n{k}", Lease(), Lease()) { GrpcPort = Lease(), TcpPort = Lease() }).ToArray();
        foreach (var member in members)
        {
            var data = Path.Combine(_folder, member.Name);
            _plans[member.Name] = new NodePlan(
                member.Name, member.Endpoint, member.PeerPort,
                [
                    "--Cluster:Id=bench", "--Auth:Mode=off", .. member.Flags(members, data),
                    .. isEncrypted ? CertificatesOf(member.Name) : [], .. flags,
                ],
                _folder, data + ".log")
            {
                GrpcPort = member.GrpcPort,
                TcpPort = member.TcpPort,
            };
        }

        if (isEncrypted)
        {
            new InitFolder(Certificates).Create(
                new ClusterPlan("bench", [.. members.Select(member => new InitNode(
                    member.Name, $"127.0.0.1:{member.PeerPort}", $"127.0.0.1:{member.HttpPort}"))]),
                TimeSpan.FromDays(1));
        }

        Names = [.. members.Select(member => member.Name)];
        Client = new ReplicatedBookClient(members.Select(member => member.Endpoint));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>For all nodes.</summary>
    public ReplicatedBookClient Client { get; }

    /// <summary>The log of the node within this process.</summary>
    public IReplicatedLog HostedLog => _hosted!.Services.GetRequiredService<IReplicatedLog>();

    /// <summary>Reads of the node within this process.</summary>
    public IReplicaReader HostedReader => _hosted!.Services.GetRequiredService<IReplicaReader>();

    /// <summary>Ids of all processes that run nodes, this one included where it does.</summary>
    public IReadOnlyList<int> Pids =>
    [
        .. _processes.Values.Where(node => !node.HasExited).Select(node => node.Identity.Pid),
        .. _hosted is null ? Array.Empty<int>() : [Environment.ProcessId],
    ];

    /// <summary>Starts all nodes as processes and waits until they are ready.</summary>
    public static Task<NodeCluster> StartAsync(params IReadOnlyList<string> flags) => StartAsync(false, flags);

    /// <summary>As <see cref="StartAsync(IReadOnlyList{string})"/>, with or without TLS between the nodes.</summary>
    public static async Task<NodeCluster> StartAsync(bool isEncrypted, params IReadOnlyList<string> flags)
    {
        var cluster = new NodeCluster(isEncrypted, flags);
        try
        {
            foreach (var name in cluster.Names)
            {
                cluster.Start(name);
            }

            await cluster.WaitReadyAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one node here and the others as processes, and makes the one here the leader.</summary>
    public static async Task<NodeCluster> StartHostedAsync(bool isEncrypted)
    {
        var cluster = new NodeCluster(isEncrypted, ["--Logging:LogLevel:Default=Error"]);
        try
        {
            foreach (var name in cluster.Names.Skip(1))
            {
                cluster.Start(name);
            }

            var flags = cluster._plans[cluster.Names[0]].Arguments;
            cluster._hosted = NodeHost.Build([.. flags], services => services.AddRaftLog());
            await cluster._hosted.StartAsync();
            await cluster.WaitReadyAsync();
            await cluster.MakeLeaderAsync(cluster.Names[0]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public Uri Address(string name) => _plans[name].Endpoint;

    public IPEndPoint Socket(string name) => new(IPAddress.Loopback, Address(name).Port);

    /// <summary>Where a node serves gRPC.</summary>
    public IPEndPoint GrpcSocket(string name) => new(IPAddress.Loopback, _plans[name].GrpcPort!.Value);

    /// <summary>Where a node serves lines.</summary>
    public IPEndPoint LineSocket(string name) => new(IPAddress.Loopback, _plans[name].TcpPort!.Value);

    public int Pid(string name) =>
        _processes.TryGetValue(name, out var node) ? node.Identity.Pid : Environment.ProcessId;

    public void Start(string name)
    {
        if (_processes.Remove(name, out var ended))
        {
            ended.Dispose();
        }

        _processes[name] = NodeProcess.Start(_plans[name]);
    }

    /// <summary>Ends a node as a crash would.</summary>
    public Task KillAsync(string name) => _processes[name].KillAsync();

    /// <summary>Ends a node in good order.</summary>
    public Task StopAsync(string name) => _processes[name].StopAsync(StopLimit);

    /// <summary>The node that leads now.</summary>
    public async Task<string> LeaderAsync() => (await UntilAsync(
        all => all.Where(node => node.IsLeader).MaxBy(node => node.Term), "no node leads")).Name;

    /// <summary>Hands leadership to a node, unless it leads already.</summary>
    public async Task MakeLeaderAsync(string name)
    {
        if (await LeaderAsync() != name)
        {
            await Client.TransferLeaderAsync(name);
        }

        await UntilAsync(
            all => all.FirstOrDefault(node => node.IsLeader && node.Name == name), $"{name} does not lead");
    }

    public Task WaitReadyAsync() => UntilAsync(all => all.All(node => node.IsReady) ? all : null, "not all are ready");

    /// <summary>Waits until all have applied the same; that index.</summary>
    public async Task<long> WaitEqualAsync() => (await UntilAsync(
        all => all.All(node => node.IsUp && node.AppliedIndex == all[0].AppliedIndex) ? all : null,
        "the nodes did not come to one index"))[0].AppliedIndex;

    /// <summary>Whether all nodes have the same digest at one index.</summary>
    public async Task<bool> AreDigestsEqualAsync()
    {
        var index = await WaitEqualAsync();
        var digests = new HashSet<string?>();
        foreach (var name in Names)
        {
            using var node = Client.At(Address(name), TimeSpan.FromSeconds(5));
            digests.Add((await node.GetDigestAsync(index)).Value?.Digest);
        }

        return digests.Count == 1 && !digests.Contains(null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_hosted is not null)
        {
            await _hosted.StopAsync();
            await _hosted.DisposeAsync();
        }

        await Task.WhenAll(_processes.Values.Where(node => !node.HasExited).Select(node => node.KillAsync()));
        foreach (var node in _processes.Values)
        {
            node.Dispose();
        }

        Client.Dispose();
        _leases.ForEach(lease => lease.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private string Certificates => Path.Combine(_folder, "certificates");

    private string[] CertificatesOf(string name) =>
    [
        $"--Peer:Tls:CertificateFile={Path.Combine(Certificates, name, InitFolder.PeerCertificate)}",
        $"--Peer:Tls:KeyFile={Path.Combine(Certificates, name, InitFolder.PeerKey)}",
        $"--Peer:Tls:AuthorityFile={Path.Combine(Certificates, name, InitFolder.Authority)}",
    ];

    private Task<T> UntilAsync<T>(Func<IReadOnlyList<NodeReport>, T?> look, string otherwise)
        where T : class => Patience.UntilAsync(
            async () => look(await ClusterProbe.AllAsync(
                Client, _plans.Values.ToDictionary(plan => plan.Endpoint, plan => plan.Name), CancellationToken.None)),
            Limit,
            () => $"{otherwise} within {Limit.TotalSeconds} s\n"
                + string.Join('\n', _plans.Values.Select(plan => $"--- {plan.Name}\n{LogTail.Of(plan.LogPath)}")));

    private int Lease()
    {
        var lease = PortLease.Take();
        _leases.Add(lease);
        return lease.Port;
    }
}
