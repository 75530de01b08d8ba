using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>What waits for the replica, and whose turn it is to give it that. One thread at a time has the turn: mostly
/// the one that brought something, so that no other need be woken for it; else the replica's own.</summary>
/// <remarks>Proposals and messages are bounded; what is over the limit is refused. Safe from any thread; nobody may
/// hold a lock while adding something. The turn begins with the replica's own thread.</remarks>
/// <param name="maxProposals">That may wait.</param>
/// <param name="maxMessages">That may wait.</param>
/// <param name="runTurns">Called with the turn, outside all locks, by whoever added something that cannot wait while
/// nobody had the turn.</param>
internal sealed class ReplicaInbox(int maxProposals, int maxMessages, Action runTurns)
{
    /// <summary>Where the present thread adds proposals that are to be taken together.</summary>
    [ThreadStatic]
    private static ReplicaInbox? _gathering;

    private readonly Lock _gate = new();
    private readonly Parker _parker = new();
    private InboxContents _filling = new();
    private bool _isTaken = true;
    private bool _isGivenToOwner;
    private bool _isWantedByOwner;
    private bool _holdsWrites;

    // When the last ones came together, others follow the next one at once: until the replica's own thread is awake,
    // some of them are there, and share its turn.
    private bool _leavesProposals;
    private bool _isOwnerWoken;
    private volatile bool _isClosed;

    /// <summary>Whether everything is refused.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Adds a proposal; false when there are too many.</summary>
    public InboxAdmission Add(in InboxProposal proposal)
    {
        bool mustRun;
        bool mustWake;
        lock (_gate)
        {
            if (_isClosed)
            {
                return InboxAdmission.Closed;
            }

            if (_filling.Proposals.Count >= maxProposals)
            {
                return InboxAdmission.Full;
            }

            _filling.Proposals.Add(proposal);
            var gathers = _gathering == this;
            mustWake = !gathers && _leavesProposals && !_isOwnerWoken && !_isTaken && !_holdsWrites;
            _isOwnerWoken |= mustWake;
            mustRun = !gathers && !_leavesProposals && TakeTurn(isWrite: true);
        }

        if (mustWake)
        {
            _parker.Unpark();
        }

        RunIf(mustRun);
        return InboxAdmission.Taken;
    }

    /// <summary>Lets proposals that are added on this thread meanwhile wait for each other, so that one turn takes all
    /// of them; those of others do not wait for them.</summary>
    /// <param name="add">Adds them; short, for those that it has added wait for its end.</param>
    public void AddTogether(Action add)
    {
        _gathering = this;
        try
        {
            add();
        }
        finally
        {
            _gathering = null;
        }

        bool mustRun;
        lock (_gate)
        {
            mustRun = _filling.Proposals.Count > 0 && TakeTurn(isWrite: true);
        }

        RunIf(mustRun);
    }

    /// <summary>Adds a peer's message, or drops it when there are too many.</summary>
    public void Add(RaftMessage message)
    {
        bool mustRun;
        lock (_gate)
        {
            if (_isClosed || _filling.Messages.Count >= maxMessages)
            {
                return;
            }

            // A read round is confirmed by the answer, for which readers wait.
            var isWrite = message is AppendEntries { Entries.Count: > 0, ReadRound: 0 };
            _filling.Messages.Add(message);
            _filling.HasUrgentMessage |= !isWrite;
            mustRun = TakeTurn(isWrite);
        }

        RunIf(mustRun);
    }

    /// <summary>Adds something to do between two batches; false when the replica has stopped.</summary>
    public bool Add(Action<Replica> call)
    {
        bool mustRun;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _filling.Calls.Add(call);
            mustRun = TakeTurn(isWrite: false);
        }

        RunIf(mustRun);
        return true;
    }

    /// <summary>Reports a finished write.</summary>
    public void AddPersisted(long sequence)
    {
        bool mustRun;
        lock (_gate)
        {
            _filling.Persisted = sequence;
            mustRun = TakeTurn(isWrite: false);
        }

        RunIf(mustRun);
    }

    /// <summary>Reports a durable snapshot.</summary>
    public void AddSaved(SnapshotMark mark, Digest stateHash)
    {
        bool mustRun;
        lock (_gate)
        {
            _filling.Saved.Add((mark, stateHash));
            mustRun = TakeTurn(isWrite: false);
        }

        RunIf(mustRun);
    }

    /// <summary>Gives all that waits, in exchange for an empty container; for who has the turn.</summary>
    public InboxContents Take(InboxContents empty)
    {
        lock (_gate)
        {
            (var full, _filling) = (_filling, empty);
            _isOwnerWoken = false;
            _leavesProposals = full.Proposals.Count > 1 || (_leavesProposals && full.Proposals.Count == 0);
            return full;
        }
    }

    /// <summary>Ends the turn, unless something has come meanwhile that cannot wait.</summary>
    /// <param name="holdsWrites">Whether proposals and entries of the leader can wait: while a write is under way they
    /// could not be written anyway, and its end takes all of them into the next one.</param>
    /// <returns>False when the caller must go on.</returns>
    public bool TryEndTurn(bool holdsWrites)
    {
        lock (_gate)
        {
            if (!_isWantedByOwner)
            {
                if (!_isClosed && (_filling.IsUrgent || (!holdsWrites && !_filling.IsEmpty)))
                {
                    return false;
                }

                _isTaken = false;
                _holdsWrites = holdsWrites;
                return true;
            }
        }

        GiveTurnToOwner();
        return true;
    }

    /// <summary>Leaves the turn to the replica's own thread.</summary>
    public void GiveTurnToOwner()
    {
        lock (_gate)
        {
            _isGivenToOwner = true;
            _isWantedByOwner = false;
        }

        _parker.Unpark();
    }

    /// <summary>For the replica's own thread: waits until it is given the turn or a time has passed, and then takes
    /// it.</summary>
    /// <returns>False while another has it, who then gives it over soon: to be called again.</returns>
    public bool WaitForTurn(TimeSpan limit)
    {
        _parker.Park(limit);
        lock (_gate)
        {
            if (_isTaken && !_isGivenToOwner)
            {
                _isWantedByOwner = true;
                return false;
            }

            _isTaken = true;
            _isGivenToOwner = false;
            _isWantedByOwner = false;
            return true;
        }
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _parker.Unpark();
    }

    private bool TakeTurn(bool isWrite)
    {
        if (_isTaken || _isClosed || (isWrite && _holdsWrites))
        {
            return false;
        }

        _isTaken = true;
        return true;
    }

    private void RunIf(bool mustRun)
    {
        if (mustRun)
        {
            runTurns();
        }
    }
}

/// <summary>Whether the inbox took something.</summary>
internal enum InboxAdmission
{
    Taken,
    Full,
    Closed,
}

/// <summary>A proposal that waits.</summary>
/// <param name="Command">Its bytes.</param>
/// <param name="Wait">How far the proposer waits.</param>
/// <param name="Waiting">Takes the answer.</param>
/// <param name="AddedAt">When it came, by the stopwatch.</param>
internal readonly record struct InboxProposal(
    ReadOnlyMemory<byte> Command, ProposalWait Wait, Waiting<Proposal> Waiting, long AddedAt);

/// <summary>Everything that waited at one moment.</summary>
internal sealed class InboxContents
{
    public List<InboxProposal> Proposals { get; } = [];

    public List<RaftMessage> Messages { get; } = [];

    public List<Action<Replica>> Calls { get; } = [];

    public List<(SnapshotMark Mark, Digest StateHash)> Saved { get; } = [];

    public long Persisted { get; set; }

    /// <summary>Whether a message is among them that brings no entries.</summary>
    public bool HasUrgentMessage { get; set; }

    /// <summary>Whether more waits than proposals and entries.</summary>
    public bool IsUrgent => Persisted != 0 || HasUrgentMessage || Calls.Count > 0 || Saved.Count > 0;

    public bool IsEmpty => !IsUrgent && Proposals.Count == 0 && Messages.Count == 0;

    public void Clear()
    {
        Proposals.Clear();
        Messages.Clear();
        Calls.Clear();
        Saved.Clear();
        Persisted = 0;
        HasUrgentMessage = false;
    }
}
