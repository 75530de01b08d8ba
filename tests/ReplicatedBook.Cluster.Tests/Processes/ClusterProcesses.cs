using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>A cluster of real node processes in a folder of its own, on ports of its own. Ended with the test, or with
/// its process however that ends. One caller at a time.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly List<PortLease> _leases = [];
    private readonly NodeMember[] _members;
    private readonly Dictionary<string, NodePlan> _plans = [];
    private readonly Dictionary<string, NodeProcess> _processes = [];
    private readonly Func<string, NodeMember, int>? _route;
    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;

    private ClusterProcesses(int nodes, Func<string, NodeMember, int>? route, IReadOnlyList<string> flags)
    {
        _route = route;
        _members =
        [
            .. Enumerable.Range(1, nodes).Select(k => new NodeMember($"n{k}", Lease(), Lease())
            {
                GrpcPort = Lease(),
                TcpPort = Lease(),
            }),
        ];
        foreach (var member in _members)
        {
            Plan(member, [.. _members.Select(other => Seen(member, other, route))], flags);
        }

        Names = [.. _members.Select(member => member.Name)];
        Endpoints = [.. _members.Select(member => member.Endpoint)];
        Client = new ReplicatedBookClient(Endpoints);
    }

    /// <summary>n1, n2, ...</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>HTTP addresses, in the order of the names.</summary>
    public IReadOnlyList<Uri> Endpoints { get; }

    /// <summary>For all nodes.</summary>
    public ReplicatedBookClient Client { get; }

    /// <summary>Names of the nodes that run, paused ones included.</summary>
    public IEnumerable<string> Running =>
        Names.Where(name => _processes.TryGetValue(name, out var node) && !node.HasExited);

    /// <summary>Whether the folder with data and logs stays when the cluster is ended.</summary>
    public bool KeepsFolder { get; set; }

    /// <summary>Where all nodes keep data and logs.</summary>
    public string Folder => _folder;

    /// <summary>Starts a cluster and waits until all its nodes are ready.</summary>
    /// <param name="nodes">How many, 1 to 9.</param>
    /// <param name="flags">Further flags of the node program, such as <c>--Raft:ElectionTimeout=00:00:00.5</c>.</param>
    public static Task<ClusterProcesses> StartAsync(int nodes = 3, params IReadOnlyList<string> flags) =>
        StartRoutedAsync(nodes, null, flags);

    /// <summary>As <see cref="StartAsync"/>, with nodes that reach each other in a roundabout way.</summary>
    /// <param name="nodes">How many, 1 to 9.</param>
    /// <param name="route">Port on which a node finds another; null for the other's own.</param>
    /// <param name="flags">Further flags of the node program.</param>
    public static async Task<ClusterProcesses> StartRoutedAsync(
        int nodes, Func<string, NodeMember, int>? route, params IReadOnlyList<string> flags)
    {
        var cluster = new ClusterProcesses(nodes, route, flags);
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

    public Uri Endpoint(string name) => _plans[name].Endpoint;

    /// <summary>A client that asks this node alone, once.</summary>
    public ReplicatedBookClient At(string name) => Client.At(Endpoint(name), TimeSpan.FromSeconds(5));

    /// <summary>Where the node keeps its log.</summary>
    public string DataOf(string name) => Path.Combine(_folder, name);

    /// <summary>The end of what the node printed.</summary>
    public string LogOf(string name) => LogTail.Of(_plans[name].LogPath);

    /// <summary>Prepares a node that is to join; it is none of <see cref="Names"/>, and the caller starts and ends
    /// it.</summary>
    /// <param name="name">A name that was never used in this cluster.</param>
    /// <param name="route">Port on which it finds another; null for the other's own.</param>
    /// <param name="flags">Further flags of the node program.</param>
    public NodeMember AddGuest(string name, Func<string, NodeMember, int>? route, params IReadOnlyList<string> flags)
    {
        var guest = new NodeMember(name, Lease(), Lease());
        Plan(
            guest, [.. _members.Select(other => Seen(guest, other, route))],
            ["--Cluster:Join=true", .. flags]);
        return guest;
    }

    /// <summary>Gives one of <see cref="Names"/> other flags for its next start.</summary>
    public void SetFlags(string name, params IReadOnlyList<string> flags)
    {
        var member = MemberOf(name);
        Plan(member, [.. _members.Select(other => Seen(member, other, _route))], flags);
    }

    /// <summary>The node at an address of its HTTP interface, and its ports.</summary>
    public NodeMember MemberAt(Uri endpoint) => _members.Single(member => member.Endpoint == endpoint);

    /// <summary>One of <see cref="Names"/> and its ports.</summary>
    public NodeMember MemberOf(string name) => _members.Single(member => member.Name == name);

    /// <summary>Starts a node, or starts it again from its data.</summary>
    public void Start(string name)
    {
        if (_processes.Remove(name, out var ended))
        {
            ended.Dispose();
        }

        _processes[name] = NodeProcess.Start(_plans[name]);
    }

    /// <summary>Whether the node's process is gone.</summary>
    public bool HasExited(string name) => _processes[name].HasExited;

    /// <summary>The node's process.</summary>
    public int ProcessId(string name) => _processes[name].Identity.Pid;

    /// <summary>Exit code of a node that is gone; 128 plus the number of the signal that ended it, if one
    /// did.</summary>
    public int ExitCode(string name) => _processes[name].ExitCode;

    /// <summary>Ends a node as a crash would; returns once it is gone.</summary>
    public Task KillAsync(string name) => _processes[name].KillAsync();

    /// <summary>Ends a node in good order.</summary>
    public Task StopAsync(string name) => _processes[name].StopAsync(StopLimit);

    /// <summary>Makes a node stand still.</summary>
    public void Pause(string name) => Require(name, ProcessSignal.Stop);

    /// <summary>Lets a paused node go on.</summary>
    public void Resume(string name) => Require(name, ProcessSignal.Continue);

    /// <summary>Every node as seen from outside, in the order of the names.</summary>
    public Task<IReadOnlyList<NodeReport>> ProbeAsync() => ClusterProbe.AllAsync(
        Client, _members.ToDictionary(member => member.Endpoint, member => member.Name), CancellationToken.None);

    /// <summary>What each node but one says of itself; without those that do not answer.</summary>
    public async Task<IReadOnlyList<NodeResponse>> ProbeNodesAsync(string except)
    {
        var answers = await Task.WhenAll(Names.Where(name => name != except).Select(name => At(name).GetNodeAsync()));
        return [.. answers.Where(answer => answer.IsAnswered).Select(answer => answer.Require())];
    }

    /// <summary>Waits until these nodes, or all that run, are ready.</summary>
    public async Task WaitReadyAsync(params IReadOnlyList<string> names)
    {
        var wanted = names.Count > 0 ? names : [.. Running];
        await UntilAsync(
            all => all.Where(report => wanted.Contains(report.Name)).All(report => report.IsReady) ? all : null,
            $"{string.Join(", ", wanted)} did not become ready");
    }

    /// <summary>Waits until all nodes have raised the cluster's feature level as far as they can.</summary>
    public Task WaitFeatureLevelAsync() => Patience.UntilAsync(
        async () =>
        {
            var nodes = await ProbeNodesAsync(except: "");
            return nodes.Count == Names.Count && nodes.All(node => node.FeatureLevel == node.SupportedLevel)
                ? nodes
                : null;
        },
        ReadyLimit, () => "the cluster did not reach its feature level");

    /// <summary>Waits until a node says that it leads; its name.</summary>
    /// <param name="except">A node whose word does not count, such as one that was just killed or paused.</param>
    public Task<string> LeaderAsync(string? except = null) => UntilAsync(
        all => all.Where(report => report.IsLeader && report.Name != except).MaxBy(report => report.Term)?.Name,
        "no node leads");

    /// <summary>Waits until all that run have applied the same and more than an index; that common index.</summary>
    public async Task<long> WaitEqualAsync(long least = 0)
    {
        var reports = await UntilAsync(
            all =>
            {
                var up = all.Where(report => Running.Contains(report.Name)).ToArray();
                var isEqual = up.All(report => report.IsUp && report.AppliedIndex == up[0].AppliedIndex);
                return isEqual && up[0].AppliedIndex >= least ? up : null;
            },
            $"the nodes did not come to one index of at least {least}");
        return reports[0].AppliedIndex;
    }

    /// <summary>Ends all nodes and deletes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Values.Where(node => !node.HasExited).Select(node => node.KillAsync()));
        foreach (var node in _processes.Values)
        {
            node.Dispose();
        }

        Client.Dispose();
        _leases.ForEach(lease => lease.Dispose());
        if (!KeepsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static NodeMember Seen(NodeMember from, NodeMember to, Func<string, NodeMember, int>? route) =>
        route is null || from == to ? to : to with { PeerPort = route(from.Name, to) };

    private void Plan(NodeMember member, IReadOnlyList<NodeMember> seen, IReadOnlyList<string> flags) =>
        _plans[member.Name] = new NodePlan(
            member.Name,
            member.Endpoint,
            member.PeerPort,
            [
                "--Cluster:Id=test", "--Snapshot:MinInterval=00:00:00", "--Auth:Mode=off",
                .. member.Flags(seen, DataOf(member.Name)), .. flags,
            ],
            _folder,
            Path.Combine(_folder, member.Name + ".log"));

    private Task<T> UntilAsync<T>(Func<IReadOnlyList<NodeReport>, T?> look, string otherwise)
        where T : class => Patience.UntilAsync(
            async () =>
            {
                var found = look(await ProbeAsync());
                var dead = _processes.FirstOrDefault(
                    node => Names.Contains(node.Key) && node.Value.HasExited && node.Value.ExitCode < 128).Key;
                return found is null && dead is not null
                    ? throw new InvalidOperationException($"{dead} ended by itself:\n{LogOf(dead)}")
                    : found;
            },
            ReadyLimit,
            () => $"{otherwise} within {ReadyLimit.TotalSeconds} s\n"
                + string.Join('\n', Names.Select(name => $"--- {name}\n{LogOf(name)}")));

    private void Require(string name, ProcessSignal signal)
    {
        if (!_processes[name].Identity.Signal(signal))
        {
            throw new InvalidOperationException($"{name} is not running");
        }
    }

    private int Lease()
    {
        var lease = PortLease.Take();
        _leases.Add(lease);
        return lease.Port;
    }
}
