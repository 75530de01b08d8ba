using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>What waits for the replica's thread. Proposals and messages are bounded; what is over the limit is
/// refused.</summary>
internal sealed class ReplicaInbox(int maxProposals, int maxMessages)
{
    private readonly Lock _gate = new();
    private readonly Parker _parker = new();
    private InboxContents _filling = new();
    private bool _isWaiting;
    private bool _isHolding;
    private volatile bool _isClosed;

    /// <summary>Whether everything is refused.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Adds a proposal; false when there are too many.</summary>
    public InboxAdmission Add(in InboxProposal proposal)
    {
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
            mustWake = MustWake(isWrite: true);
        }

        WakeIf(mustWake);
        return InboxAdmission.Taken;
    }

    /// <summary>Adds a peer's message, or drops it when there are too many.</summary>
    public void Add(RaftMessage message)
    {
        bool mustWake;
        lock (_gate)
        {
            if (_isClosed || _filling.Messages.Count >= maxMessages)
            {
                return;
            }

            var isWrite = message is AppendEntries { Entries.Count: > 0 };
            _filling.Messages.Add(message);
            _filling.HasUrgentMessage |= !isWrite;
            mustWake = MustWake(isWrite);
        }

        WakeIf(mustWake);
    }

    /// <summary>Adds something to do between two batches; false when the replica has stopped.</summary>
    public bool Add(Action<Replica> call)
    {
        bool mustWake;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _filling.Calls.Add(call);
            mustWake = MustWake(isWrite: false);
        }

        WakeIf(mustWake);
        return true;
    }

    /// <summary>Reports a finished write.</summary>
    public void AddPersisted(long sequence)
    {
        bool mustWake;
        lock (_gate)
        {
            _filling.Persisted = sequence;
            mustWake = MustWake(isWrite: false);
        }

        WakeIf(mustWake);
    }

    /// <summary>Reports a durable snapshot.</summary>
    public void AddSaved(SnapshotMark mark, Digest stateHash)
    {
        bool mustWake;
        lock (_gate)
        {
            _filling.Saved.Add((mark, stateHash));
            mustWake = MustWake(isWrite: false);
        }

        WakeIf(mustWake);
    }

    /// <summary>Gives all that waits, in exchange for an empty container; waits for something up to a time.</summary>
    /// <param name="empty">Filled from now on.</param>
    /// <param name="wait">At most.</param>
    /// <param name="holdsWrites">Whether proposals and entries of the leader alone are no reason to return: while a
    /// write is under way they could not be written anyway, and its end takes all of them into the next one.</param>
    public InboxContents Take(InboxContents empty, TimeSpan wait, bool holdsWrites)
    {
        lock (_gate)
        {
            if (wait <= TimeSpan.Zero || _isClosed || _filling.IsUrgent
                || (!holdsWrites && !_filling.IsEmpty))
            {
                return Exchange(empty);
            }

            _isWaiting = true;
            _isHolding = holdsWrites;
        }

        _parker.Park(wait);
        lock (_gate)
        {
            _isWaiting = false;
            return Exchange(empty);
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

    private InboxContents Exchange(InboxContents empty)
    {
        (var full, _filling) = (_filling, empty);
        return full;
    }

    private bool MustWake(bool isWrite)
    {
        if (!_isWaiting || (isWrite && _isHolding))
        {
            return false;
        }

        _isWaiting = false;
        return true;
    }

    private void WakeIf(bool mustWake)
    {
        if (mustWake)
        {
            _parker.Unpark(); // Outside the lock, which the woken thread takes first.
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
