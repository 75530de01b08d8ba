using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: what <c>rb init</c> makes is a cluster that runs, encrypted throughout, and can grow and renew.
/// Method: the command line and real nodes, as an operator would.</summary>
public sealed class InitTests : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly string _parent = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
    private readonly List<PortLease> _leases = [];
    private readonly Dictionary<string, NodeProcess> _nodes = [];
    private readonly List<string> _endpoints = [];
    private readonly Dictionary<(string Node, string Use), PortLease> _ports = [];

    private string Folder => Path.Combine(_parent, "prod");

    private string[] Everywhere =>
        ["--ca", Path.Combine(Folder, "ca.crt"), "--endpoint", string.Join(',', _endpoints), "--timeout", "40"];

    private string Context => Path.GetFileName(_parent);

    [Fact]
    public async Task A_cluster_is_set_up_runs_grows_and_renews()
    {
        string[] nodes = [Node("n1"), Node("n2"), Node("n3")];
        var made = await RbProcess.RunAsync(["init", Folder, "--cluster", "prod", "--node", .. nodes]);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Contains("rb serve --config node.json", made.Output, StringComparison.Ordinal);
        FileRights.RequireOwn(Folder);
        Assert.Equal(2, (await RbProcess.RunAsync(["init", Folder, "--cluster", "prod", "--node", .. nodes])).ExitCode);
        foreach (var name in new[] { "n1", "n2", "n3" })
        {
            Start(name);
        }

        await UntilReadyAsync();
        var blind = await RbProcess.RunAsync("asset", "list", "--endpoint", _endpoints[0], "--timeout", "3");
        Assert.Equal(3, blind.ExitCode);
        Assert.Contains("certificate", blind.Error, StringComparison.Ordinal);

        await SignInAsync();
        await RequireOkAsync("asset", "create", "USD", "2");
        await RequireOkAsync("cluster", "check");
        await GrowAsync();
        await RenewAsync();
        await RequireOkAsync("logout");
        Assert.True(FileRights.RequireOwn(Folder) > 20);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values)
        {
            await node.KillAsync();
            node.Dispose();
        }

        _leases.ForEach(lease => lease.Dispose());
        Directory.Delete(_parent, recursive: true);
    }

    /// <summary>The first administrator; then its context says where the nodes are and whom to trust.</summary>
    private async Task SignInAsync()
    {
        var (password, token) = (Path.Combine(_parent, "password"), Path.Combine(Folder, "bootstrap-token"));
        await File.WriteAllTextAsync(password, "kettle under the stairs");
        string[] proof = ["--password-file", password, .. Everywhere];
        var made = await RbProcess.RunAsync(["bootstrap", "root", "--token-file", token, .. proof]);
        Assert.True(made.ExitCode == 0, made.ToString());
        var login = await RbProcess.RunAsync(["login", "root", "--name", Context, .. proof]);
        Assert.True(login.ExitCode == 0, login.ToString());
        var again = await RbProcess.RunAsync(["bootstrap", "mallory", "--token-file", token, .. proof]);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("bootstrap_done", again.Error, StringComparison.Ordinal);
    }

    private async Task GrowAsync()
    {
        var fourth = Node("n4");
        var added = await RbProcess.RunAsync("init", "add-node", Folder, "--node", fourth);
        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        Start("n4");
        var addresses = fourth["n4=".Length..].Split(',');
        await RequireOkAsync(
            "member", "add", "n4", "--peer", addresses[0], "--api", "https://" + addresses[1], "--wait");
        await UntilReadyAsync();
        await RequireOkAsync("cluster", "check");
    }

    private async Task RenewAsync()
    {
        var renewed = await RbProcess.RunAsync("init", "renew", Folder);
        Assert.Equal((0, ""), (renewed.ExitCode, renewed.Error));
        foreach (var name in new[] { "n2", "n3" }) // Each makes its links anew, with those that were never restarted.
        {
            await _nodes[name].StopAsync(Limit);
            _nodes[name].Dispose();
            Start(name);
            await UntilReadyAsync();
        }

        await RequireOkAsync("account", "create");
        Assert.Contains("read peer.crt again", await File.ReadAllTextAsync(LogOf("n1")), StringComparison.Ordinal);
    }

    /// <summary>Asks from within this process: on a busy machine a new one is slow.</summary>
    private async Task UntilReadyAsync()
    {
        using var client = new ReplicatedBookClient(
            _endpoints.Select(endpoint => new Uri(endpoint)), new ClientOptions { Authorities = Authority() });
        IReadOnlyList<NodeReport> seen = [];
        await Patience.UntilAsync(
            async () =>
            {
                seen = await ClusterProbe.AllAsync(
                    client, _endpoints.ToDictionary(endpoint => new Uri(endpoint)), CancellationToken.None);
                return seen.All(node => node.IsReady) ? seen : null;
            },
            Limit,
            () => string.Join('\n', seen)
                + string.Join('\n', _nodes.Keys.Select(name => $"--- {name}\n{File.ReadAllText(LogOf(name))}")));
    }

    private X509Certificate2Collection Authority()
    {
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(Path.Combine(Folder, "ca.crt"));
        return authority;
    }

    /// <summary>Again while nothing was done (3): a busy machine may be too slow for a node's answer.</summary>
    private async Task RequireOkAsync(params string[] arguments)
    {
        var last = new RbResult(0, "", "");
        await Patience.UntilAsync(
            async () =>
            {
                last = await RbProcess.RunAsync([.. arguments, "--context", Context, "--timeout", "40"]);
                return last.ExitCode != 3 ? last : null;
            },
            Limit, () => $"{string.Join(' ', arguments)}: {last}");
        Assert.True(last.ExitCode == 0, $"{string.Join(' ', arguments)}: {last}");
    }

    private string Node(string name)
    {
        var (peer, api) = (PortLease.Take(), PortLease.Take());
        _leases.AddRange([peer, api]);
        _endpoints.Add(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{api.Port}"));
        return string.Create(CultureInfo.InvariantCulture, $"{name}=127.0.0.1:{peer.Port},127.0.0.1:{api.Port}");
    }

    /// <summary>As <c>rb serve</c> does, from within the node's folder.</summary>
    /// <remarks>On ports of its own: those in the file lie beside leased ones and may be another test's.</remarks>
    private void Start(string name) => _nodes[name] = NodeProcess.Start(new NodePlan(
        name, new Uri(_endpoints[0]), 0,
        [
            "--config", "node.json", "--Raft:ElectionTimeout=00:00:01", $"--Grpc:Port={Lease(name, "grpc")}",
            $"--Tcp:Port={Lease(name, "tcp")}",
        ],
        Path.Combine(Folder, name), LogOf(name)));

    /// <summary>The port of one of a node's interfaces, the same at every start.</summary>
    private int Lease(string name, string use)
    {
        if (!_ports.TryGetValue((name, use), out var lease))
        {
            _leases.Add(_ports[(name, use)] = lease = PortLease.Take());
        }

        return lease.Port;
    }

    private string LogOf(string name) => Path.Combine(Folder, name, "node.log");
}
