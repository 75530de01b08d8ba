using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>All links from this node to its peers.</summary>
internal sealed class PeerTransport : IPeerTransport, IPeerCalls, IAsyncDisposable
{
    private readonly NodeId[] _peers;
    private readonly PeerLink[] _links;

    /// <summary>Prepares the links; <see cref="Start"/> connects them.</summary>
    public PeerTransport(
        string clusterId, NodeId self, IReadOnlyList<PeerAddress> peers, ILogger<PeerTransport> logger)
    {
        _peers = [.. peers.Select(peer => peer.Node)];
        _links = [.. peers.Select(peer => new PeerLink(peer, new PeerHello(clusterId, self, peer.Node), logger))];
    }

    /// <summary>Begins to connect.</summary>
    public void Start()
    {
        foreach (var link in _links)
        {
            link.Start();
        }
    }

    /// <inheritdoc/>
    public void Send(RaftMessage message)
    {
        if (LinkTo(message.To) is { } link)
        {
            link.Queue(message);
            link.WriteQueued();
        }
    }

    /// <inheritdoc/>
    public void SendAll(IReadOnlyList<RaftMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            LinkTo(messages[i].To)?.Queue(messages[i]);
        }

        if (messages.Count > 0)
        {
            foreach (var link in _links)
            {
                link.WriteQueued();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<PeerAnswer> CallAsync(
        NodeId to, PeerCallKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellation) =>
        LinkTo(to) is { } link
            ? link.CallAsync(kind, body, cancellation)
            : ValueTask.FromResult(new PeerAnswer(PeerDelivery.NotSent, default));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }

    private PeerLink? LinkTo(NodeId peer)
    {
        var position = Array.IndexOf(_peers, peer);
        return position < 0 ? null : _links[position];
    }
}
