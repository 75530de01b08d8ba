using ReplicatedBook.Consensus.Log;

namespace ReplicatedBook.Consensus;

/// <summary>Who belongs to the cluster, one change at a time (Ongaro 2014, chapter 4, with the erratum of
/// 2015).</summary>
public sealed partial class RaftNode
{
    // The first is that at the snapshot's mark (or the bootstrap one), the others are entries of the log after it. The
    // newest counts as soon as it is in the log, committed or not (4.1), and ends with its entry's truncation.
    private readonly List<PlacedMembership> _memberships = [];
    private bool _isVoter;
    private int _voterCount;

    /// <summary>The present membership: the newest in the log, committed or not.</summary>
    public Membership Membership => _memberships[^1].Membership;

    /// <summary>Index of the entry it comes from; that of the snapshot, or 0, if it comes from no entry of the
    /// log.</summary>
    public long MembershipIndex => _memberships[^1].Index;

    /// <summary>Whether this node votes in the present membership.</summary>
    public bool IsVoter => _isVoter;

    /// <summary>Whether this node's own removal is in its log and not known to be committed: it may then be the only
    /// one that can win (Ongaro 2014, 4.2.2).</summary>
    private bool IsRemovalOpen => _memberships.Count > 1 && MembershipIndex > CommitIndex
        && _memberships[^2].Membership.IsVoter(_config.Id);

    /// <summary>The membership after the entry at an index.</summary>
    /// <param name="index">At or after the snapshot's mark.</param>
    public Membership MembershipAt(long index)
    {
        var position = _memberships.Count - 1;
        while (position > 0 && _memberships[position].Index > index)
        {
            position--;
        }

        return _memberships[position].Membership;
    }

    private void RecoverMemberships(Membership atStart)
    {
        _memberships.Add(new PlacedMembership(_log.Snapshot.Index, atStart));
        for (var index = Math.Max(_log.FirstIndex, _log.Snapshot.Index + 1); index <= _log.LastIndex; index++)
        {
            var entry = _log.EntryAt(index);
            if (entry.Kind == EntryKind.Configuration)
            {
                var membership = Membership.Read(entry.Payload.Span)
                    ?? throw new ArgumentException("The log holds a membership that cannot be read.");
                _memberships.Add(new PlacedMembership(index, membership));
            }
        }

        UseMembership();
    }

    private void NoteConfiguration(in LogEntry entry)
    {
        if (entry.Kind == EntryKind.Configuration)
        {
            var membership = Membership.Read(entry.Payload.Span)
                ?? throw new InvariantViolatedException("only a membership that can be read is appended");
            _memberships.Add(new PlacedMembership(entry.Index, membership));
            UseMembership();
        }
    }

    private void RollBackMemberships(long from)
    {
        var before = _memberships.Count;
        _memberships.RemoveAll(placed => placed.Index >= from);
        Invariant.Require(_memberships.Count > 0, "the membership of the snapshot is never truncated");
        if (_memberships.Count < before)
        {
            UseMembership();
        }
    }

    private void ResetMemberships(SnapshotMark mark, Membership membership)
    {
        _memberships.Clear();
        _memberships.Add(new PlacedMembership(mark.Index, membership));
        UseMembership();
    }

    /// <summary>What was in force at a snapshot's mark is that snapshot's; what came before it is forgotten.</summary>
    private void ForgetMembershipsBefore(SnapshotMark mark, Membership? inForce = null)
    {
        if (mark.Index > _memberships[0].Index)
        {
            inForce ??= MembershipAt(mark.Index);
            _memberships.RemoveAll(placed => placed.Index <= mark.Index);
            _memberships.Insert(0, new PlacedMembership(mark.Index, inForce));
            UseMembership();
        }
    }

    private void UseMembership()
    {
        var peers = new List<Progress>();
        foreach (var member in Membership.Members)
        {
            if (member.Id == _config.Id)
            {
                continue;
            }

            var peer = FindPeer(member.Id);
            if (peer is null)
            {
                peer = new Progress(member.Id, _config);
                peer.Reset(_log.LastIndex);
            }

            peer.IsVoter = member.IsVoter;
            peers.Add(peer);
        }

        _peers = peers.ToArray();
        _isVoter = Membership.IsVoter(_config.Id);
        _voterCount = Membership.VoterCount;
    }

    private void ChangeMembership(MembershipChange change, RaftEffects effects)
    {
        effects.MembershipRefusal = WhyRefuse(change, out var changed);
        if (effects.MembershipRefusal != MembershipRefusal.None)
        {
            return;
        }

        AppendOwn(EntryKind.Configuration, changed.ToBytes(), effects);
        effects.MembershipEntryIndex = _log.LastIndex;
        SendToAll(effects);
        AdvanceCommit(effects); // Of fewer voters a majority may already hold more.
    }

    private MembershipRefusal WhyRefuse(MembershipChange change, out Membership changed)
    {
        changed = Membership;
        if (Role != Role.Leader)
        {
            return MembershipRefusal.NotLeader;
        }

        if (_transferTarget is not null)
        {
            return MembershipRefusal.Transferring;
        }

        if (!HasCommittedInTerm)
        {
            return MembershipRefusal.NotReady;
        }

        if (MembershipIndex > CommitIndex)
        {
            return MembershipRefusal.InProgress;
        }

        var refusal = change switch
        {
            MembershipChange.AddLearner add => Add(new Member(add.Id, IsVoter: false, add.Contact), ref changed),
            MembershipChange.Promote promote => Promote(promote.Id, ref changed),
            MembershipChange.Remove remove => Remove(remove.Id, ref changed),
            MembershipChange.UpdateContact update => Update(update.Id, update.Contact, ref changed),
            _ => throw new ArgumentException("No such change.", nameof(change)),
        };
        if (refusal == MembershipRefusal.None && !HearsMajorityOf(changed, needsVotes: true))
        {
            refusal = MembershipRefusal.Unsafe;
        }

        return refusal == MembershipRefusal.None && change.IfFingerprint != 0
            && change.IfFingerprint != Membership.Fingerprint
            ? MembershipRefusal.Changed
            : refusal;
    }

    private MembershipRefusal Add(Member member, ref Membership changed)
    {
        if (!Membership.IsSane(member) || Membership.Members.Count >= Membership.MaxMembers)
        {
            return MembershipRefusal.Invalid;
        }

        if (Membership.Find(member.Id) is not null)
        {
            return MembershipRefusal.AlreadyMember;
        }

        changed = Membership.With(member);
        return MembershipRefusal.None;
    }

    /// <summary>Only a learner that is nearly level gets a vote: else commits would wait until it is (4.2.1).</summary>
    private MembershipRefusal Promote(NodeId id, ref Membership changed)
    {
        if (Membership.Find(id) is not { } member)
        {
            return MembershipRefusal.NotMember;
        }

        if (member.IsVoter)
        {
            return MembershipRefusal.AlreadyMember;
        }

        var isLevel = FindPeer(id) is { } peer && peer.TicksSinceContact < _config.ElectionTicks && !peer.IsIncomplete
            && peer.MatchIndex > 0 && _log.LastIndex - peer.MatchIndex <= _config.MaxPromotionLagEntries;
        if (!isLevel)
        {
            return MembershipRefusal.NotCaughtUp;
        }

        changed = Membership.With(member with { IsVoter = true });
        return MembershipRefusal.None;
    }

    private MembershipRefusal Remove(NodeId id, ref Membership changed)
    {
        if (Membership.Find(id) is null)
        {
            return MembershipRefusal.NotMember;
        }

        changed = Membership.Without(id);
        return changed.VoterCount == 0 ? MembershipRefusal.Unsafe : MembershipRefusal.None;
    }

    private MembershipRefusal Update(NodeId id, string contact, ref Membership changed)
    {
        if (Membership.Find(id) is not { } member)
        {
            return MembershipRefusal.NotMember;
        }

        var updated = member with { Contact = contact };
        if (!Membership.IsSane(updated))
        {
            return MembershipRefusal.Invalid;
        }

        changed = Membership.With(updated);
        return MembershipRefusal.None;
    }

    /// <summary>Whether a majority of these voters was heard lately, and could also elect a leader.</summary>
    private bool HearsMajorityOf(Membership membership, bool needsVotes)
    {
        var heard = membership.IsVoter(_config.Id) ? 1 : 0;
        foreach (var peer in _peers)
        {
            var isHeard = peer.TicksSinceContact < _config.ElectionTicks
                && (!needsVotes || (peer.HasAnswered && !peer.IsIncomplete));
            heard += isHeard && membership.IsVoter(peer.Id) ? 1 : 0;
        }

        return heard >= Quorum.Majority(membership.VoterCount);
    }

    /// <summary>A leader whose own removal is committed hands over and leaves (4.2.2).</summary>
    /// <remarks>It took no proposals since, so whoever holds the removal holds the whole log and can win at
    /// once.</remarks>
    private void LeaveIfRemoved(RaftEffects effects)
    {
        if (_isVoter || MembershipIndex > CommitIndex)
        {
            return;
        }

        if (MostCaughtUp() is { } best && best.MatchIndex == _log.LastIndex)
        {
            effects.Messages.Add(new Messages.TimeoutNow(_config.Id, best.Id, HardState.Term));
        }

        BecomeFollower(HardState.Term, leader: null, effects);
    }

    private readonly record struct PlacedMembership(long Index, Membership Membership);
}
