using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;

namespace ReplicatedBook.Replication;

/// <content>Steps of consensus and what they want on disk; messages wait until what they depend on is
/// durable.</content>
public sealed partial class Replica
{
    private readonly List<WrittenBatch> _inFlight = [];
    private readonly Queue<WaitingMessage> _waiting = new();
    private HardState? _batchHardState;
    private SnapshotMark? _batchReset;
    private long _batchTruncateFrom;
    private List<LogEntry> _batchEntries = [];
    private long _releaseBefore;
    private long _sequence;
    private long _durableSequence;
    private long _durableIndex;
    private long _openIndex;

    /// <summary>Whether batches were given to the disk that are not known to be durable yet.</summary>
    public bool HasWriteUnderWay => _sequence > _durableSequence;

    /// <summary>Batches up to here are durable.</summary>
    /// <param name="sequence">Of the last of them.</param>
    public void Persisted(long sequence)
    {
        Invariant.Require(sequence <= _sequence, "only what was asked for is written");
        if (Divergence is not null)
        {
            return;
        }

        _durableSequence = sequence;
        var (index, term) = (0L, 0L);
        var finished = 0;
        for (; finished < _inFlight.Count && _inFlight[finished].Sequence <= sequence; finished++)
        {
            if (_inFlight[finished].LastIndex > 0)
            {
                (index, term) = (_inFlight[finished].LastIndex, _inFlight[finished].LastTerm);
            }
        }

        _inFlight.RemoveRange(0, finished);
        while (_waiting.TryPeek(out var waiting) && waiting.Sequence <= sequence)
        {
            _output.Messages.Add(_waiting.Dequeue().Message);
        }

        if (index > 0 && _raft.Log.TermAt(index) == term)
        {
            _durableIndex = Math.Max(_durableIndex, index);
        }

        if (index > 0)
        {
            Step(new RaftInput.Persisted(index, term));
        }
    }

    private void Step(RaftInput input)
    {
        _effects.Clear();
        var commitBefore = _raft.CommitIndex;
        _raft.Step(input, _effects);
        if (_effects.ResetLogTo is not null || (_effects.TruncateFrom > 0 && _batchEntries.Count > 0))
        {
            // What this step has committed may stand where the batch's own entries are about to be truncated.
            SealBatch(commitBefore);
        }

        CollectWrites();
        _output.Messages.AddRange(_effects.Messages);
        if (_effects.MessagesAfterPersist.Count > 0)
        {
            HoldBack(_effects.MessagesAfterPersist);
        }

        if (_effects.BecameWhole)
        {
            _output.BecameWhole = true;
            _openIndex = Math.Max(_openIndex, _raft.Log.LastIndex);
        }

        _output.Pieces.AddRange(_effects.SnapshotPieces);
        foreach (var read in _effects.Reads)
        {
            NoteRead(read);
        }

        if (_effects.ReceivedPiece is { } piece)
        {
            TakePiece(piece);
        }
    }

    private void CollectWrites()
    {
        _batchHardState = _effects.HardState ?? _batchHardState;
        if (_effects.ResetLogTo is { } mark)
        {
            _batchReset = mark;
            _durableIndex = mark.Index;
            _openIndex = Math.Min(_openIndex, mark.Index);
            ForgetWritesFrom(1);
        }

        if (_effects.TruncateFrom > 0)
        {
            _batchTruncateFrom = _effects.TruncateFrom;
            _durableIndex = Math.Min(_durableIndex, _effects.TruncateFrom - 1);
            _openIndex = Math.Min(_openIndex, _effects.TruncateFrom - 1);
            ForgetWritesFrom(_effects.TruncateFrom);
        }

        foreach (var entry in _effects.Entries)
        {
            if (entry.Kind == EntryKind.Command && EntryPayload.TryRead(entry.Payload.Span, out var at, out _))
            {
                _clock.NoteStamp(at.Microseconds);
            }

            _batchEntries.Add(entry);
        }
    }

    /// <summary>What a write in flight puts beyond this index is cut off again by a later one: its end proves nothing
    /// there,
    /// even where an equal entry is appended anew (etcd-raft's ABA race of asynchronous appends).</summary>
    private void ForgetWritesFrom(long index)
    {
        for (var i = 0; i < _inFlight.Count; i++)
        {
            if (_inFlight[i].LastIndex >= index)
            {
                _inFlight[i] = _raft.Log.TermAt(index - 1) is { } term
                    ? _inFlight[i] with { LastIndex = index - 1, LastTerm = term }
                    : _inFlight[i] with { LastIndex = 0 };
            }
        }
    }

    private bool HasOpenBatch =>
        _batchHardState is not null || _batchReset is not null || _batchTruncateFrom > 0 || _batchEntries.Count > 0
        || _releaseBefore > 0;

    /// <summary>Messages go in the order of the writes they wait for.</summary>
    private void HoldBack(List<RaftMessage> messages)
    {
        var sequence = HasOpenBatch ? _sequence + 1 : _sequence;
        foreach (var message in messages)
        {
            if (sequence <= _durableSequence)
            {
                _output.Messages.Add(message);
            }
            else
            {
                _waiting.Enqueue(new WaitingMessage(sequence, message));
            }
        }
    }

    private void SealBatch(long commitIndex)
    {
        if (!HasOpenBatch)
        {
            return;
        }

        _sequence++;
        _output.Persist.Add(new PersistBatch
        {
            Sequence = _sequence,
            HardState = _batchHardState,
            ResetTo = _batchReset,
            TruncateFrom = _batchTruncateFrom,
            Entries = _batchEntries.Count > 0 ? _batchEntries : [],
            CommitIndex = commitIndex,
            ReleaseBefore = _releaseBefore,
        });
        var last = _batchEntries.Count > 0 ? _batchEntries[^1] : default;
        _inFlight.Add(new WrittenBatch(_sequence, last.Index, last.Term));
        (_batchHardState, _batchReset, _batchTruncateFrom, _releaseBefore) = (null, null, 0, 0);
        if (_batchEntries.Count > 0)
        {
            _batchEntries = []; // The list now belongs to the batch, which another thread reads.
        }
    }

    private void ApplyCommitted()
    {
        var until = Math.Min(_raft.CommitIndex, _durableIndex);
        if (_applier.AppliedIndex >= until)
        {
            return;
        }

        while (_applier.AppliedIndex < until)
        {
            var entry = _raft.Log.EntryAt(_applier.AppliedIndex + 1);
            RequireSupported(entry);
            var waiting = TakeWaiting(entry);
            var proposal = _applier.Apply(entry, waiting != 0);
            if (waiting != 0)
            {
                _output.Proposals.Add(new CompletedProposal(waiting, proposal));
            }

            CompleteChanges(entry);
            TakeSnapshotAtInterval();
        }

        Feed.Publish(_applier.AppliedIndex);
    }

    private readonly record struct WrittenBatch(long Sequence, long LastIndex, long LastTerm);

    private readonly record struct WaitingMessage(long Sequence, RaftMessage Message);
}
