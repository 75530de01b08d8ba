using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>When this node last heard from whom, by the host's clock in microseconds.</summary>
internal sealed class LeaderContact
{
    private NodeId[] _voters = [];
    private long[] _heardAt = [];
    private long[] _sorted = [];

    /// <summary>When a leader was last heard; null before the first time.</summary>
    public long? LeaderHeardAt { get; private set; }

    /// <summary>Counts these from now on; what was heard of those that stay is kept.</summary>
    public void SetVoters(Membership membership)
    {
        var (voters, heardAt) = (new NodeId[membership.VoterCount], new long[membership.VoterCount]);
        var position = 0;
        foreach (var member in membership.Members)
        {
            if (member.IsVoter)
            {
                var before = Array.IndexOf(_voters, member.Id);
                (voters[position], heardAt[position]) = (member.Id, before >= 0 ? _heardAt[before] : 0);
                position++;
            }
        }

        (_voters, _heardAt, _sorted) = (voters, heardAt, new long[voters.Length]);
    }

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

    /// <summary>The moment since which a majority, this node included if it votes, has been heard.</summary>
    public long? QuorumHeardAt(NodeId self, long now)
    {
        if (_voters.Length == 0)
        {
            return null;
        }

        HeardPeer(self, now);
        _heardAt.CopyTo(_sorted, 0);
        Array.Sort(_sorted);
        var heard = _sorted[(_voters.Length - 1) / 2];
        return heard == 0 ? null : heard;
    }
}
