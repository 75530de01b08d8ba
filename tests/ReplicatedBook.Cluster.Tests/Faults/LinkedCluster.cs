using ReplicatedBook.Cluster.Tests.Chaos.Links;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>A cluster whose nodes reach each other over links that can be harmed.</summary>
internal sealed class LinkedCluster : IAsyncDisposable
{
    private LinkedCluster(ClusterProcesses cluster, LinkGrid links) => (Cluster, Links) = (cluster, links);

    public ClusterProcesses Cluster { get; }

    public LinkGrid Links { get; }

    /// <summary>Starts it and waits until all nodes are ready.</summary>
    public static async Task<LinkedCluster> StartAsync(int nodes = 3, params IReadOnlyList<string> flags)
    {
        var links = new LinkGrid();
        try
        {
            return new LinkedCluster(await ClusterProcesses.StartRoutedAsync(nodes, links.Route, flags), links);
        }
        catch
        {
            await links.DisposeAsync();
            throw;
        }
    }

    /// <summary>All nodes but one.</summary>
    public string[] Others(string node) => [.. Cluster.Names.Where(name => name != node)];

    /// <summary>Cuts a node off from all others, as a network that swallows everything does.</summary>
    public void Isolate(string node) => Links.SetBetween([node], Others(node), LinkMode.Drop);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Links.DisposeAsync();
    }
}
