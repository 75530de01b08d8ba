using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;

namespace ReplicatedBook.Replication;

/// <summary>What waits for the replica's thread. Proposals and messages are bounded; what is over the limit is
/// refused.</summary>
internal sealed class ReplicaInbox(int maxProposals, int maxMessages)
{
    private readonly object _gate = new();
    private InboxContents _filling = new();
    private bool _isWaiting;
    private volatile bool _isClosed;

    /// <summary>Whether everything is refused.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Adds a proposal; false when there are too many.</summary>
    public InboxAdmission Add(in InboxProposal proposal)
    {
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
            Wake();
            return InboxAdmission.Taken;
        }
    }

    /// <summary>Adds a peer's message, or drops it when there are too many.</summary>
    public void Add(RaftMessage message)
    {
        lock (_gate)
        {
            if (!_isClosed && _filling.Messages.Count < maxMessages)
            {
                _filling.Messages.Add(message);
                Wake();
            }
        }
    }

    /// <summary>Adds something to do between two batches; false when the replica has stopped.</summary>
    public bool Add(Action<Replica> call)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            _filling.Calls.Add(call);
            Wake();
            return true;
        }
    }

    /// <summary>Reports a finished write.</summary>
    public void AddPersisted(long sequence)
    {
        lock (_gate)
        {
            _filling.Persisted = sequence;
            Wake();
        }
    }

    /// <summary>Reports a durable snapshot.</summary>
    public void AddSaved(SnapshotMark mark, Digest stateHash)
    {
        lock (_gate)
        {
            _filling.Saved.Add((mark, stateHash));
            Wake();
        }
    }

    /// <summary>Gives all that waits, in exchange for an empty container; waits for something up to a time.</summary>
    public InboxContents Take(InboxContents empty, TimeSpan wait)
    {
        lock (_gate)
        {
            if (_filling.IsEmpty && wait > TimeSpan.Zero && !_isClosed)
            {
                _isWaiting = true;
                Monitor.Wait(_gate, wait);
                _isWaiting = false;
            }

            (var full, _filling) = (_filling, empty);
            return full;
        }
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Monitor.Pulse(_gate);
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
internal readonly record struct InboxProposal(
    ReadOnlyMemory<byte> Command, ProposalWait Wait, TaskCompletionSource<Proposal> Source);

/// <summary>Everything that waited at one moment.</summary>
internal sealed class InboxContents
{
    public List<InboxProposal> Proposals { get; } = [];

    public List<RaftMessage> Messages { get; } = [];

    public List<Action<Replica>> Calls { get; } = [];

    public List<(SnapshotMark Mark, Digest StateHash)> Saved { get; } = [];

    public long Persisted { get; set; }

    public bool IsEmpty =>
        Persisted == 0 && Proposals.Count == 0 && Messages.Count == 0 && Calls.Count == 0 && Saved.Count == 0;

    public void Clear()
    {
        Proposals.Clear();
        Messages.Clear();
        Calls.Clear();
        Saved.Clear();
        Persisted = 0;
    }
}
