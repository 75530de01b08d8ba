using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>A node with an empty disk that knows nobody and waits to be added. Ended with the test.</summary>
internal sealed class JoiningNode : IAsyncDisposable
{
    private readonly PortLease _http = PortLease.Take();
    private readonly PortLease _peer = PortLease.Take();
    private readonly NodePlan _plan;
    private readonly NodeProcess _process;

    /// <summary>Starts it in the cluster's folder.</summary>
    public JoiningNode(ClusterProcesses cluster, string name, IReadOnlyList<string> flags)
    {
        var member = new NodeMember(name, _http.Port, _peer.Port);
        var folder = Path.GetDirectoryName(cluster.DataOf(name))!;
        _plan = new NodePlan(
            name, member.Endpoint, member.PeerPort,
            [
                "--Cluster:Id=test", "--Cluster:Join=true", "--Snapshot:MinInterval=00:00:00",
                "--Auth:Mode=off",
                .. member.Flags([], cluster.DataOf(name)), .. flags,
            ],
            folder, Path.Combine(folder, name + ".log"));
        _process = NodeProcess.Start(_plan);
    }

    public string Name => _plan.Name;

    public Uri Endpoint => _plan.Endpoint;

    /// <summary>As an operator gives it.</summary>
    public string Peer => $"127.0.0.1:{_plan.PeerPort}";

    /// <summary>As an operator gives it.</summary>
    public string Api => Endpoint.GetLeftPart(UriPartial.Authority);

    /// <summary>The end of what it printed.</summary>
    public string Log => LogTail.Of(_plan.LogPath);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await _process.KillAsync();
        }

        _process.Dispose();
        _http.Dispose();
        _peer.Dispose();
    }
}
