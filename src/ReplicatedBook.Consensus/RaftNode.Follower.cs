using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Consensus;

/// <summary>The follower: takes entries (Raft paper, 5.3), gives votes (5.4.1), waits for silence (5.2).</summary>
public sealed partial class RaftNode
{
    private long _answeredBeforeDisk = -1; // The clock tick in which it was last done.
    private int _electionElapsed; // Clock ticks since the timer began anew.
    private int _electionTimeout; // When it ends; drawn from [t, 2t).
    private bool _isLeaderLost; // The connection to the leader was reset, and it was not heard since.

    /// <summary>Clock ticks since a leader was last heard, or since the start; 0 on a leader.</summary>
    public long TicksSinceLeaderContact { get; private set; }

    /// <summary>Whether a leader serves as far as this node can tell, so that it will not help to replace it.</summary>
    private bool IsLeaderAlive =>
        Role == Role.Leader
        || (Leader is not null && !_isLeaderLost && TicksSinceLeaderContact < _config.ElectionTicks);

    private void TickFollower(RaftEffects effects)
    {
        TicksSinceLeaderContact++;
        _electionElapsed++;
        if (_electionElapsed >= _electionTimeout)
        {
            AskForPreVotes(effects);
        }

        TickForwardedReads(effects);
        AskHowFar(effects);
    }

    /// <summary>The leader's process has most likely ended, so its followers ask soon instead of waiting for its
    /// silence.</summary>
    /// <remarks>They only ask for pre-votes, and whoever still hears the leader refuses, so a flapping connection
    /// deposes nobody. Votes depend on no clock here (no leases), so giving stickiness up early is safe.</remarks>
    private void NoteUnreachable(NodeId peer)
    {
        if (Role == Role.Follower && Leader == peer && !_isLeaderLost)
        {
            _isLeaderLost = true;
            var soon = _electionElapsed + 1 + _chance.NextBelow(_config.HeartbeatTicks);
            _electionTimeout = Math.Min(_electionTimeout, soon);
        }
    }

    private void RestartElectionTimer()
    {
        _electionElapsed = 0;
        _electionTimeout = _config.ElectionTicks + _chance.NextBelow(_config.ElectionTicks);
    }

    /// <summary>Follows in a term, under its leader if that is known. The vote is forgotten only if the term
    /// rises.</summary>
    private void BecomeFollower(long term, NodeId? leader, RaftEffects effects)
    {
        if (term > HardState.Term)
        {
            SetHardState(new HardState(term, null), effects);
            FailReads(effects);
        }

        if (Role == Role.Leader)
        {
            LeaveLeadership(effects);
            RestartElectionTimer();
        }

        Role = Role.Follower;
        SetLeader(leader, effects);
    }

    private void SetLeader(NodeId? leader, RaftEffects effects)
    {
        if (Leader != leader)
        {
            _isLeaderLost = false;
            FailReads(effects); // They were asked of another leader, whose answer may be out of date.
            Leader = leader;
        }
    }

    private void ReceiveAppend(AppendEntries message, RaftEffects effects)
    {
        if (!AcceptLeader(message.From, effects))
        {
            return;
        }

        if (message.Entries.Count == 0 && _isTermDurable && _durableIndex < _log.LastIndex
            && _answeredBeforeDisk != _ticks)
        {
            AnswerBeforeDisk(message, effects);
        }

        // What is committed here is in every later leader's log (Leader Completeness), even where it is compacted.
        var term = _log.TermAt(message.PreviousIndex);
        if (term != message.PreviousTerm && (term is not null || message.PreviousIndex >= CommitIndex))
        {
            RefuseAppend(message, term, effects);
            return;
        }

        if (!MergeEntries(message, effects))
        {
            return;
        }

        // Capped at what this very message has proven to match: what follows in this log may be another leader's.
        var lastProven = message.PreviousIndex + message.Entries.Count;
        SetCommit(Math.Min(message.LeaderCommit, lastProven));
        Reply(message, isSuccess: true, Math.Max(lastProven, CommitIndex), 0, 0, effects);
        NoteHowFar(message);
        NoteProven(Math.Max(lastProven, CommitIndex), effects);
    }

    /// <summary>Tells the leader at once that it is heard, and nothing of entries: while the disk stands still all
    /// other answers wait, and a leader that hears of no majority gives up, for no better one.</summary>
    /// <remarks>Once a clock tick: a leader that probes answers such an answer with another probe.</remarks>
    private void AnswerBeforeDisk(AppendEntries heartbeat, RaftEffects effects)
    {
        _answeredBeforeDisk = _ticks;
        effects.Messages.Add(new AppendEntriesReply(
            _config.Id, heartbeat.From, HardState.Term, IsSuccess: true, MatchIndex: 0, 0, 0, heartbeat.ReadRound,
            Wholeness != Wholeness.Whole));
    }

    /// <summary>Says where the leader may try next, so that it needs one round per term and not per entry
    /// (5.3).</summary>
    private void RefuseAppend(AppendEntries message, long? conflictingTerm, RaftEffects effects)
    {
        if (conflictingTerm is not { } term)
        {
            Reply(message, isSuccess: false, message.PreviousIndex, _log.LastIndex + 1, 0, effects);
        }
        else if (message.PreviousIndex <= CommitIndex)
        {
            Contradictions++;
        }
        else
        {
            var firstOfTerm = _log.FirstIndexWithTermAtLeast(term, CommitIndex + 1);
            Reply(message, isSuccess: false, message.PreviousIndex, firstOfTerm, term, effects);
        }
    }

    /// <summary>Appends what is missing; removes only from the first entry on whose term differs.</summary>
    /// <returns>False when the message contradicts what is committed; then nothing was changed.</returns>
    private bool MergeEntries(AppendEntries message, RaftEffects effects)
    {
        var entries = message.Entries;
        var missing = 0;
        for (; missing < entries.Count && entries[missing].Index <= _log.LastIndex; missing++)
        {
            var entry = entries[missing];
            if (_log.TermAt(entry.Index) is not { } term || term == entry.Term)
            {
                continue; // A duplicate, or compacted and so committed.
            }

            if (entry.Index <= CommitIndex)
            {
                Contradictions++;
                return false;
            }

            Truncate(entry.Index, effects);
            break;
        }

        for (; missing < entries.Count; missing++)
        {
            _log.Append(entries[missing]);
            NoteConfiguration(entries[missing]);
            effects.Entries.Add(entries[missing]);
        }

        return true;
    }

    private void Truncate(long from, RaftEffects effects)
    {
        Invariant.Require(from > CommitIndex, "committed entries are never truncated");
        Invariant.Require(Role != Role.Leader, "a leader never truncates its log");
        _log.TruncateFrom(from);
        RollBackMemberships(from);
        _durableIndex = Math.Min(_durableIndex, from - 1);
        effects.TruncateFrom = from;
    }

    /// <summary>Answers; always after persisting, since a success promises that the entries are durable.</summary>
    private void Reply(
        AppendEntries message, bool isSuccess, long matchIndex, long hintIndex, long hintTerm, RaftEffects effects) =>
        effects.MessagesAfterPersist.Add(new AppendEntriesReply(
            _config.Id, message.From, HardState.Term, isSuccess, matchIndex, hintIndex, hintTerm, message.ReadRound,
            Wholeness != Wholeness.Whole));

    /// <summary>Says whether a vote would be given; promises nothing and changes nothing (Ongaro 2014, 9.6).</summary>
    private void AnswerPreVote(RequestVote question, RaftEffects effects)
    {
        var isGranted = !IsLeaderAlive && IsUpToDate(question) && MayHelp(question)
            && (question.Term > HardState.Term || MayVoteFor(question.From));

        // A yes names the term asked for; a no names the present one, so that who is behind learns it.
        effects.MessagesAfterPersist.Add(new RequestVoteReply(
            _config.Id, question.From, isGranted ? question.Term : HardState.Term, isGranted, IsPreVote: true));
    }

    private void AnswerVote(RequestVote request, RaftEffects effects)
    {
        var isGranted = MayVoteFor(request.From) && IsUpToDate(request) && MayHelp(request)
            && (request.IsTransfer || !IsLeaderAlive);
        if (isGranted)
        {
            if (HardState.VotedFor is null)
            {
                SetHardState(new HardState(HardState.Term, request.From), effects);
            }

            BecomeFollower(HardState.Term, leader: null, effects);
            RestartElectionTimer();
        }

        effects.MessagesAfterPersist.Add(new RequestVoteReply(
            _config.Id, request.From, HardState.Term, isGranted, IsPreVote: false));
    }

    /// <summary>One vote a term, the same one if asked again (5.2), and none once the term has a leader.</summary>
    private bool MayVoteFor(NodeId candidate) =>
        HardState.VotedFor == candidate || (HardState.VotedFor is null && Leader is null);

    /// <summary>Raft paper, 5.4.1: the later last term wins, then the longer log.</summary>
    private bool IsUpToDate(RequestVote request) =>
        request.LastTerm > _log.LastTerm
        || (request.LastTerm == _log.LastTerm && request.LastIndex >= _log.LastIndex);
}
