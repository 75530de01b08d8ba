using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>Holds what peers report of their state against this node's own records, and says when this node can no
/// longer be of a majority that agrees (RELIABILITY P8).</summary>
/// <remarks>Pure; one owner. A peer that has not reported, or whose index is no longer kept here, is unknown and counts
/// as agreeing: what is not known to differ is no reason to stop.</remarks>
internal sealed class Agreement(EntryRecords records, StateHashes hashes)
{
    private readonly List<AgreementPeer> _peers = [];
    private readonly List<Difference> _found = [];
    private long _nextIndex = long.MaxValue;

    /// <summary>Peers that were found to differ, each time one did not before.</summary>
    public long Mismatches { get; private set; }

    /// <summary>Who has reported, in order of id.</summary>
    public IReadOnlyList<AgreementPeer> Peers => _peers;

    /// <summary>Whether a node from which so many voters differ cannot be of a majority that agrees: it with all others
    /// is less than a majority. With an odd number of voters these are a majority themselves. Where an even number is
    /// split in halves both stop: nobody can say who is right.</summary>
    /// <param name="voters">How many there are.</param>
    /// <param name="differing">How many of them are known to differ from this node.</param>
    public static bool IsOutvoted(int voters, int differing) => voters - differing < (voters / 2) + 1;

    /// <summary>Takes a report.</summary>
    /// <param name="report">From a member of the cluster.</param>
    /// <param name="tick">Clock ticks since the start.</param>
    public void Take(AgreementReport report, long tick)
    {
        var peer = PeerOf(report.From);
        (peer.SupportedLevel, peer.HeardAt) = (report.SupportedLevel, tick);
        if (report.StateHashIndex > 0)
        {
            peer.WaitingState = (report.StateHashIndex, report.StateHash);
        }

        if (peer.Next is null || report.AppliedIndex <= peer.Next.AppliedIndex)
        {
            peer.Next = report;
        }
        else
        {
            peer.Newest = report;
        }

        _nextIndex = Math.Min(_nextIndex, peer.Next.AppliedIndex);
    }

    /// <summary>Compares all that this node has applied as much for.</summary>
    /// <param name="applied">Last index applied here.</param>
    /// <returns>Peers that did not differ before; valid until the next call.</returns>
    public IReadOnlyList<Difference> Compare(long applied)
    {
        _found.Clear();
        if (_nextIndex <= applied)
        {
            _nextIndex = long.MaxValue;
            foreach (var peer in _peers)
            {
                CompareDigests(peer, applied);
                _nextIndex = Math.Min(_nextIndex, peer.Next?.AppliedIndex ?? long.MaxValue);
            }
        }

        return _found;
    }

    /// <summary>Compares state hashes; to be called when a report came or an own hash was made.</summary>
    /// <returns>As <see cref="Compare"/>.</returns>
    public IReadOnlyList<Difference> CompareStates()
    {
        _found.Clear();
        foreach (var peer in _peers)
        {
            var (index, hash) = peer.WaitingState;
            if (index == 0 || index > hashes.Newest.Index)
            {
                continue; // Perhaps this node has yet to come there.
            }

            peer.WaitingState = default;
            if (hashes.At(index) is { } own && peer.States.Note(index, own, hash))
            {
                Found(peer);
            }
        }

        return _found;
    }

    /// <summary>Which of some nodes differ.</summary>
    public List<Difference> DifferencesFrom(IReadOnlyList<NodeId> nodes)
    {
        var differences = new List<Difference>();
        foreach (var peer in _peers)
        {
            if (peer.Differs && Contains(nodes, peer.Id))
            {
                differences.Add(peer.Difference);
            }
        }

        return differences;
    }

    /// <summary>What is known of a peer; null before its first report.</summary>
    public AgreementPeer? Find(NodeId id)
    {
        foreach (var peer in _peers)
        {
            if (peer.Id == id)
            {
                return peer;
            }
        }

        return null;
    }

    private void CompareDigests(AgreementPeer peer, long applied)
    {
        while (peer.Next is { } report && report.AppliedIndex <= applied)
        {
            (peer.Next, peer.Newest) = (peer.Newest, null);
            if (records.At(report.AppliedIndex) is { } own
                && peer.Digests.Note(report.AppliedIndex, own.Digest, report.Digest))
            {
                Found(peer);
            }
        }
    }

    private void Found(AgreementPeer peer)
    {
        Mismatches++;
        _found.Add(peer.Difference);
    }

    private AgreementPeer PeerOf(NodeId id)
    {
        if (Find(id) is { } known)
        {
            return known;
        }

        var peer = new AgreementPeer(id);
        var position = 0;
        while (position < _peers.Count && _peers[position].Id.CompareTo(id) < 0)
        {
            position++;
        }

        _peers.Insert(position, peer);
        return peer;
    }

    private static bool Contains(IReadOnlyList<NodeId> nodes, NodeId id)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] == id)
            {
                return true;
            }
        }

        return false;
    }
}
