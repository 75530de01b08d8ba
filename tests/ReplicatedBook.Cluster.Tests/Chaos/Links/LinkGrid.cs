using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cluster.Tests.Chaos.Links;

/// <summary>The links between all nodes of a cluster, one proxy per directed pair. One caller at a time.</summary>
internal sealed class LinkGrid : IAsyncDisposable
{
    private readonly Dictionary<(string From, string To), LinkProxy> _links = [];

    /// <summary>Port through which a node reaches another; the proxy is made when it is first asked for.</summary>
    public int Route(string from, NodeMember to)
    {
        if (!_links.TryGetValue((from, to.Name), out var link))
        {
            _links[(from, to.Name)] = link = new LinkProxy(to.PeerPort);
        }

        return link.Port;
    }

    /// <summary>Sets what one direction does.</summary>
    public void Set(string from, string to, LinkMode mode, TimeSpan lateness = default) =>
        _links[(from, to)].Set(mode, lateness);

    /// <summary>Sets all links from one set of nodes to another.</summary>
    public void SetAll(
        IReadOnlyCollection<string> from, IReadOnlyCollection<string> to, LinkMode mode, TimeSpan lateness = default)
    {
        foreach (var ((one, other), link) in _links)
        {
            if (from.Contains(one) && to.Contains(other))
            {
                link.Set(mode, lateness);
            }
        }
    }

    /// <summary>Sets all links between two sets of nodes, both ways.</summary>
    public void SetBetween(
        IReadOnlyCollection<string> some, IReadOnlyCollection<string> others, LinkMode mode,
        TimeSpan lateness = default)
    {
        SetAll(some, others, mode, lateness);
        SetAll(others, some, mode, lateness);
    }

    /// <summary>Lets every link pass everything.</summary>
    public void Heal()
    {
        foreach (var link in _links.Values)
        {
            link.Set(LinkMode.Pass);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }
    }
}
