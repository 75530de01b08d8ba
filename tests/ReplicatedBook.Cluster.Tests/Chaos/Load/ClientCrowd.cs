using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>All clients of a round.</summary>
internal sealed class ClientCrowd
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LoadClient[] _clients;
    private readonly Task[] _running;

    /// <summary>Starts them.</summary>
    /// <param name="cluster">Whose nodes they ask, all of them.</param>
    /// <param name="stage">What they act on.</param>
    /// <param name="clients">How many, at most 31.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="round">Number of the round.</param>
    /// <param name="tally">Counts what they meet.</param>
    public ClientCrowd(ClusterProcesses cluster, Stage stage, int clients, ulong seed, int round, LoadTally tally)
    {
        var nodes = Callers(cluster);
        _clients = [.. Enumerable.Range(0, clients).Select(client => new LoadClient(
            client, nodes,
            new RequestDraw(new RandomStream(seed, "request", client, round), stage, client, round),
            new RandomStream(seed, "client", client, round), tally))];
        _running = [.. _clients.Select(client => Task.Run(() => client.RunAsync(_stopping.Token)))];
    }

    /// <summary>A caller for each node of a cluster, in the order of the names.</summary>
    public static IReadOnlyList<NodeCaller> Callers(ClusterProcesses cluster) =>
        [.. cluster.Names.Select(name => new NodeCaller(
            cluster.Client.At(cluster.Endpoint(name), TimeSpan.FromSeconds(1))))];

    /// <summary>Lets every client finish its last request; all that they noted.</summary>
    public async Task<List<ClientOperation>> StopAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running);
        _stopping.Dispose();
        return [.. _clients.SelectMany(client => client.Operations)];
    }
}
