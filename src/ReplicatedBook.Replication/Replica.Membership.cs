using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Replication;

/// <content>Changes of the membership that somebody waits for, and what the host must know of it.</content>
public sealed partial class Replica
{
    private readonly List<PendingChange> _pendingChanges = []; // Ordered by term, then index.
    private Membership? _announced;
    private Membership? _listed;
    private NodeId[] _voters = [];
    private NodeId[] _members = [];

    private IReadOnlyList<NodeId> Voters
    {
        get
        {
            ListMembers();
            return _voters;
        }
    }

    /// <summary>All with whom reports are exchanged, this node perhaps among them.</summary>
    private IReadOnlyList<NodeId> Members
    {
        get
        {
            ListMembers();
            return _members;
        }
    }

    /// <summary>Snapshots of a leader that became this node's state since the start: how a new member was
    /// told.</summary>
    public int InstalledSnapshots { get; private set; }

    /// <summary>Asks the leader to change the membership by one member; answered in
    /// <see cref="ReplicaOutput.Changes"/>, at once if refused, else when it is applied here.</summary>
    /// <param name="requestId">Comes back with the answer; unique within the process.</param>
    /// <param name="change">What to change.</param>
    public void ChangeMembership(long requestId, MembershipChange change)
    {
        if (Divergence is not null)
        {
            Answer(requestId, MembershipOutcome.Refused(MembershipRefusal.NotLeader));
            return;
        }

        Step(new RaftInput.ChangeMembership(change));
        if (_effects.MembershipEntryIndex == 0)
        {
            Answer(requestId, MembershipOutcome.Refused(_effects.MembershipRefusal));
        }
        else
        {
            _pendingChanges.Add(new PendingChange(_effects.MembershipEntryIndex, _raft.HardState.Term, requestId));
        }
    }

    /// <summary>An established connection to a peer was reset; if it leads, another leader may be needed
    /// soon.</summary>
    public void PeerLost(NodeId peer)
    {
        if (Divergence is null)
        {
            Step(new RaftInput.PeerUnreachable(peer));
        }
    }

    private void CompleteChanges(in LogEntry entry)
    {
        while (_pendingChanges.Count > 0
            && (_pendingChanges[0].Index <= entry.Index || _pendingChanges[0].Term < entry.Term))
        {
            var first = _pendingChanges[0];
            _pendingChanges.RemoveAt(0);
            Answer(first.RequestId, first.Index == entry.Index && first.Term == entry.Term
                ? new MembershipOutcome(MembershipResult.Done, Index: entry.Index, Term: entry.Term)
                : MembershipOutcome.Refused(MembershipRefusal.NotLeader)); // Replaced by another leader's entry.
        }
    }

    private void GiveUpChanges()
    {
        foreach (var change in _pendingChanges)
        {
            Answer(change.RequestId, new MembershipOutcome(MembershipResult.Unknown));
        }

        _pendingChanges.Clear();
    }

    private void AnnounceMembership()
    {
        if (!ReferenceEquals(_announced, _raft.Membership))
        {
            _announced = _raft.Membership;
            _contact.SetVoters(_announced);
            _output.Membership = _announced;
        }
    }

    private void ListMembers()
    {
        if (ReferenceEquals(_listed, _raft.Membership))
        {
            return;
        }

        _listed = _raft.Membership;
        _members = new NodeId[_listed.Members.Count];
        _voters = new NodeId[_listed.VoterCount];
        var voters = 0;
        for (var i = 0; i < _members.Length; i++)
        {
            var member = _listed.Members[i];
            _members[i] = member.Id;
            if (member.IsVoter)
            {
                _voters[voters++] = member.Id;
            }
        }
    }

    private void Answer(long requestId, MembershipOutcome outcome) =>
        _output.Changes.Add(new CompletedChange(requestId, outcome));

    private readonly record struct PendingChange(long Index, long Term, long RequestId);
}
