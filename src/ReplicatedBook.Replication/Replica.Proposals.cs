using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication;

/// <content>Proposals and read barriers that somebody waits for.</content>
public sealed partial class Replica
{
    private readonly List<CollectedProposal> _collected = [];
    private readonly List<ReadOnlyMemory<byte>> _payloads = [];
    private readonly ByteArena _arena = new();
    private readonly Queue<PendingProposal> _pending = new();
    private readonly List<ReadResult> _reads = [];
    private int _ticksWithoutLead;

    /// <summary>Collects a proposal for this turn.</summary>
    /// <param name="requestId">Comes back with the answer; unique within the process, positive.</param>
    /// <param name="command">Bytes as CommandCodec writes them; copied.</param>
    /// <param name="wait">How far to wait.</param>
    public void Propose(long requestId, ReadOnlySpan<byte> command, ProposalWait wait)
    {
        if (_raft.Role != Role.Leader || Divergence is not null)
        {
            Answer(requestId, ProposalOutcome.NotLeader);
            return;
        }

        if (!IsSupported(command))
        {
            Answer(requestId, ProposalOutcome.NotSupported);
            return;
        }

        if (_raft.Log.LastIndex + _collected.Count - _raft.CommitIndex >= _options.MaxUncommittedEntries)
        {
            Answer(requestId, ProposalOutcome.Overloaded);
            return;
        }

        var at = new Timestamp(_clock.Stamp(_monotonic));
        _payloads.Add(EntryPayload.Create(at, command, _arena));
        _collected.Add(new CollectedProposal(requestId, wait));
    }

    private void ProposeCollected()
    {
        if (_collected.Count == 0)
        {
            return;
        }

        Step(new RaftInput.Proposal(_payloads));
        var (index, term) = (_effects.ProposalFirstIndex, _raft.HardState.Term);
        var refusal = _effects.ProposalRefusal == ProposalRefusal.Overloaded
            ? ProposalOutcome.Overloaded
            : ProposalOutcome.NotLeader;
        foreach (var proposal in _collected)
        {
            if (index == 0)
            {
                Answer(proposal.RequestId, refusal);
                continue;
            }

            if (proposal.Wait == ProposalWait.Appended)
            {
                var appended = Proposal.NotApplied(ProposalOutcome.Appended) with { Index = index, Term = term };
                _output.Proposals.Add(new CompletedProposal(proposal.RequestId, appended));
            }
            else
            {
                _pending.Enqueue(new PendingProposal(index, term, proposal.RequestId));
            }

            index++;
        }

        _collected.Clear();
        _payloads.Clear();
    }

    /// <summary>Finds who waits for an entry; tells those whose entry was replaced that it will never be.</summary>
    private long TakeWaiting(in LogEntry entry)
    {
        // Ordered by term, then index. Terms in the log only rise, so what waits with an earlier term than this
        // entry's is lost wherever it was to stand; left in front, it would hide a later proposal at a lower index.
        while (_pending.TryPeek(out var first) && (first.Index <= entry.Index || first.Term < entry.Term))
        {
            _pending.Dequeue();
            if (first.Index == entry.Index && first.Term == entry.Term)
            {
                return first.RequestId;
            }

            // Another leader's entry is committed in its place, so the one proposed here never will be.
            Answer(first.RequestId, ProposalOutcome.NotLeader);
        }

        return 0;
    }

    /// <summary>A node that lost the lead learns soon what became of its proposals, or else must not keep clients
    /// waiting.</summary>
    private void GiveUpOnOverdueProposals()
    {
        if (_raft.Role == Role.Leader || (_pending.Count == 0 && _pendingChanges.Count == 0))
        {
            _ticksWithoutLead = 0;
            return;
        }

        if (++_ticksWithoutLead > 2 * _options.Raft.ElectionTicks)
        {
            while (_pending.TryDequeue(out var proposal))
            {
                Answer(proposal.RequestId, ProposalOutcome.Unknown);
            }

            GiveUpChanges();
        }
    }

    private void NoteRead(ReadResult read)
    {
        if (read.Index < 0)
        {
            _output.Reads.Add(read);
        }
        else
        {
            _reads.Add(read);
        }
    }

    private void CompleteReads()
    {
        var kept = 0;
        for (var i = 0; i < _reads.Count; i++)
        {
            if (_reads[i].Index <= _applier.AppliedIndex)
            {
                _output.Reads.Add(_reads[i]);
            }
            else
            {
                _reads[kept++] = _reads[i];
            }
        }

        _reads.RemoveRange(kept, _reads.Count - kept);
    }

    private void Answer(long requestId, ProposalOutcome outcome)
    {
        if (requestId == OwnRequest)
        {
            (_levelAskedInTerm, _dueAskedInTerm) = (0, 0); // To be asked for again.
            return;
        }

        _output.Proposals.Add(new CompletedProposal(requestId, Proposal.NotApplied(outcome)));
    }

    private readonly record struct CollectedProposal(long RequestId, ProposalWait Wait);

    private readonly record struct PendingProposal(long Index, long Term, long RequestId);
}
