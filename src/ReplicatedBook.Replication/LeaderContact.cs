using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>When this node last heard from whom, by the host's clock in microseconds.</summary>
internal sealed class LeaderContact
{
    private readonly NodeId[] _voters;
    private readonly long[] _heardAt;
    private readonly long[] _sorted;

    /// <summary>Nobody was heard yet.</summary>
    public LeaderContact(IReadOnlyList<NodeId> voters)
    {
        _voters = [.. voters];
        _heardAt = new long[_voters.Length];
        _sorted = new long[_voters.Length];
    }

    /// <summary>When a leader was last heard; null before the first time.</summary>
    public long? LeaderHeardAt { get; private set; }

    /// <summary>Notes a word of the leader.</summary>
    public void HeardLeader(long now) => LeaderHeardAt = now;

    /// <summary>Notes an answer of a peer to this leader.</summary>
    public void HeardPeer(NodeId peer, long now)
    {
        var position = Array.IndexOf(_voters, peer);
        if (position >= 0)
        {
            _heardAt[position] = now;
        }
    }

    /// <summary>The moment since which a majority, this node included, has been heard.</summary>
    public long? QuorumHeardAt(NodeId self, long now)
    {
        HeardPeer(self, now);
        _heardAt.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var heard = _sorted[(_voters.Length - 1) / 2];
        return heard == 0 ? null : heard;
    }
}
