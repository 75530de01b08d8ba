using System.Collections.Concurrent;
using System.Threading.Channels;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Peers;

/// <summary>All links from this node to its peers; they follow the membership.</summary>
/// <remarks>A node that joins does not know where its leader is, and one that lags may not either. What it has to say
/// to a peer without a link goes back over the connection that this peer has made.</remarks>
internal sealed class PeerTransport : IPeerTransport, IPeerCalls, IAsyncDisposable
{
    private const int MaxWaitingReturns = 4096;

    private readonly Lock _gate = new();
    private readonly string _clusterId;
    private readonly NodeId _self;
    private readonly IReadOnlyList<PeerAddress> _configured;
    private readonly PeerSecurity _security;
    private readonly ILogger<PeerTransport> _logger;
    private readonly ConcurrentDictionary<NodeId, Channel<PeerReturn>> _returns = new();
    private readonly List<Task> _ending = [];
    private volatile PeerLink[] _links;
    private volatile IReadOnlyList<Member> _members = [];
    private PeerEvents? _events;
    private bool _isDisposed;

    /// <summary>Prepares the links; <see cref="Start"/> connects them.</summary>
    /// <param name="clusterId">Told to each peer.</param>
    /// <param name="self">This node.</param>
    /// <param name="peers">Addresses from the settings: they come before those of the membership.</param>
    /// <param name="security">What they prove and ask for.</param>
    /// <param name="logger">For connections made and lost.</param>
    public PeerTransport(
        string clusterId, NodeId self, IReadOnlyList<PeerAddress> peers, PeerSecurity security,
        ILogger<PeerTransport> logger)
    {
        (_clusterId, _self, _configured, _security, _logger) = (clusterId, self, peers, security, logger);
        _links = [.. peers.Select(NewLink)];
    }

    /// <summary>Begins to connect.</summary>
    /// <param name="events">Told what comes in and what is lost.</param>
    public void Start(PeerEvents events)
    {
        lock (_gate)
        {
            _events = events;
            foreach (var link in _links)
            {
                link.Start(events);
            }
        }
    }

    /// <inheritdoc/>
    public void Send(RaftMessage message) => Queue(message)?.WriteQueued();

    /// <inheritdoc/>
    public void SetMembers(IReadOnlyList<Member> members)
    {
        _members = members;

        // Nobody is known: a node that joins keeps to those whom its settings name.
        var wanted = members.Count == 0 ? [.. _configured] : AddressesOf(members);
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            var links = new PeerLink[wanted.Count];
            for (var i = 0; i < links.Length; i++)
            {
                links[i] = Array.Find(_links, link => link.Address == wanted[i]) ?? NewLink(wanted[i]);
                if (_events is { } events)
                {
                    links[i].Start(events);
                }
            }

            var ended = Array.FindAll(_links, link => !links.Contains(link));
            _links = links;
            _ending.RemoveAll(task => task.IsCompleted);
            _ending.AddRange(ended.Select(link => link.DisposeAsync().AsTask()));
        }
    }

    /// <summary>Whether a node is a member as far as this one knows; as long as it knows of none, every node
    /// is.</summary>
    public bool IsMember(NodeId node)
    {
        var members = _members;
        if (members.Count == 0)
        {
            return true;
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Id == node)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A peer has connected: what is sent to it may go back this way.</summary>
    public void Connected(NodeId peer, Channel<PeerReturn> way) => _returns[peer] = way;

    /// <summary>That connection has ended.</summary>
    public void Disconnected(NodeId peer, Channel<PeerReturn> way) =>
        _returns.TryRemove(new KeyValuePair<NodeId, Channel<PeerReturn>>(peer, way));

    /// <inheritdoc/>
    public void SendAll(IReadOnlyList<RaftMessage> messages)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            Queue(messages[i]);
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
        Task[] ending;
        lock (_gate)
        {
            _isDisposed = true;
            ending = [.. _ending, .. _links.Select(link => link.DisposeAsync().AsTask())];
        }

        await Task.WhenAll(ending);
    }

    /// <summary>Puts a message where it will leave.</summary>
    /// <returns>The link that is to write it; null where it goes back over the peer's own connection, or
    /// nowhere.</returns>
    private PeerLink? Queue(RaftMessage message)
    {
        if (LinkTo(message.To) is { } link)
        {
            link.Queue(message);
            return link;
        }

        // What a peer on the way back can read is not known, so it gets only what every version reads.
        if (_returns.TryGetValue(message.To, out var way) && way.Reader.Count < MaxWaitingReturns
            && PeerMessageCodec.NeededVersion(message) == 1)
        {
            way.Writer.TryWrite(new PeerReturn(message));
        }

        return null;
    }

    private List<PeerAddress> AddressesOf(IReadOnlyList<Member> members)
    {
        var addresses = new List<PeerAddress>();
        foreach (var member in members)
        {
            var configured = _configured.FirstOrDefault(peer => peer.Node == member.Id);
            var address = configured ?? (MemberContact.Read(member.Contact) is { } contact
                ? new PeerAddress(member.Id, contact.Host, contact.Port)
                : null);
            if (member.Id != _self && address is not null)
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private PeerLink NewLink(PeerAddress peer) =>
        new(peer, new PeerHello(_clusterId, _self, peer.Node), _security, _logger);

    private PeerLink? LinkTo(NodeId peer)
    {
        foreach (var link in _links)
        {
            if (link.Address.Node == peer)
            {
                return link;
            }
        }

        return null;
    }
}
