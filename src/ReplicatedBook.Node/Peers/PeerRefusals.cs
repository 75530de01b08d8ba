using System.Diagnostics.Metrics;
using System.Net;
using ReplicatedBook.Node.Metrics;

namespace ReplicatedBook.Node.Peers;

/// <summary>Counts peers that were not believed, and tells people once a minute of each of them: whoever is refused
/// calls again at once. Safe from any thread.</summary>
internal sealed partial class PeerRefusals(NodeMeter meter, TimeProvider time, ILogger<PeerRefusals> logger)
{
    private const int MaxKnown = 1_000; // Then all are told anew: strangers must not fill the memory.
    private static readonly TimeSpan TellAgain = TimeSpan.FromMinutes(1);

    private readonly Counter<long> _count = meter.Meter.CreateCounter<long>(
        "rb_peer_refusals", null, "Connections between nodes that ended because a side did not prove who it is.");

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Who, PeerRefusal Refusal), long> _told = [];

    /// <summary>A connection that a peer has made was refused.</summary>
    public void Incoming(EndPoint? from, PeerRefusedException refused)
    {
        var address = (from as IPEndPoint)?.Address.ToString() ?? "unknown";
        Count("incoming", refused.Refusal);
        if (IsToBeTold($"from {address}", refused.Refusal))
        {
            LogIncoming(address, refused.Message);
        }
    }

    /// <summary>A connection that this node has made ended because the other side is not that peer.</summary>
    public void Outgoing(PeerAddress peer, PeerRefusedException refused)
    {
        Count("outgoing", refused.Refusal);
        if (IsToBeTold($"to {peer.Node.Value}", refused.Refusal))
        {
            LogOutgoing(peer.Node.Value, peer.Host, peer.Port, refused.Message);
        }
    }

    private void Count(string direction, PeerRefusal refusal) => _count.Add(
        1, new KeyValuePair<string, object?>("direction", direction),
        new KeyValuePair<string, object?>("reason", TextOf(refusal)));

    private bool IsToBeTold(string who, PeerRefusal refusal)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_told.TryGetValue((who, refusal), out var last) && time.GetElapsedTime(last, now) < TellAgain)
            {
                return false;
            }

            if (_told.Count == MaxKnown)
            {
                _told.Clear();
            }

            _told[(who, refusal)] = now;
            return true;
        }
    }

    private static string TextOf(PeerRefusal refusal) => refusal switch
    {
        PeerRefusal.NoCertificate => "no_certificate",
        PeerRefusal.ForeignAuthority => "foreign_authority",
        PeerRefusal.Expired => "expired",
        PeerRefusal.NoNode => "no_node",
        PeerRefusal.OtherCluster => "other_cluster",
        PeerRefusal.OtherNode => "other_node",
        _ => "no_tls",
    };

    [LoggerMessage(EventId = 108, Level = LogLevel.Warning,
        Message = "a peer's connection from {Address} was refused: {Reason}")]
    private partial void LogIncoming(string address, string reason);

    [LoggerMessage(EventId = 109, Level = LogLevel.Warning,
        Message = "peer {Peer} is not to be found at {Host}:{Port}: {Reason}")]
    private partial void LogOutgoing(string peer, string host, int port, string reason);
}
