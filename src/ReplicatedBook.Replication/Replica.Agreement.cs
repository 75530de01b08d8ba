using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>Comparing this replica's state with that of its peers, and what follows from a difference (README.md,
/// "Divergence").</content>
public sealed partial class Replica
{
    private readonly StateHashes _stateHashes = new();
    private long _ticks;

    /// <summary>Why this replica has stopped for good; null while it goes on.</summary>
    public Divergence? Divergence { get; private set; }

    /// <summary>Peers found to differ since the start, each time one did not before.</summary>
    public long DigestMismatches => Agreement.Mismatches;

    /// <summary>Index and hash of the whole state at the last snapshot of the common interval; index 0 before the
    /// first.</summary>
    public (long Index, Digest Hash) StateHash => _stateHashes.Newest;

    /// <summary>What peers have reported.</summary>
    internal Agreement Agreement { get; }

    private void SendReports()
    {
        if (_ticks % _options.ReportEveryTicks != 0)
        {
            return;
        }

        var self = _options.Raft.Id;
        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i] != self)
            {
                _output.Messages.Add(new AgreementReport(
                    self, Members[i], _raft.HardState.Term, AppliedIndex, Digest, StateHash.Index, StateHash.Hash,
                    _options.SupportedLevel));
            }
        }
    }

    private void TakeReport(AgreementReport report)
    {
        if (report.To != _options.Raft.Id || report.From == report.To || !IsMember(report.From))
        {
            return;
        }

        Agreement.Take(report, _ticks);
        Tell(Agreement.CompareStates());
        Tell(Agreement.Compare(AppliedIndex));
        StopWhenOutvoted();
    }

    private bool IsMember(NodeId node)
    {
        for (var i = 0; i < Members.Count; i++)
        {
            if (Members[i] == node)
            {
                return true;
            }
        }

        return false;
    }

    private void Tell(IReadOnlyList<Difference> found)
    {
        for (var i = 0; i < found.Count; i++)
        {
            _output.Differences.Add(found[i]);
        }
    }

    /// <summary>One peer that differs is told of, no more: this node with the others is right. So many that this node
    /// must be wrong, or nobody can be said to be right, end its service.</summary>
    private void StopWhenOutvoted()
    {
        if (Agreement.Mismatches == 0 || Divergence is not null)
        {
            return;
        }

        var differences = Agreement.DifferencesFrom(Voters);
        if (Replication.Agreement.IsOutvoted(Voters.Count, differences.Count))
        {
            var first = long.MaxValue;
            foreach (var difference in differences)
            {
                first = Math.Min(first, difference.Index);
            }

            StopForGood(new Divergence(DivergenceCause.Outvoted, first, differences));
        }
    }

    /// <summary>Consensus has seen what cannot be: somebody has lost state. This node cannot tell who, and what it
    /// holds may be the only copy of what was acknowledged; it stops and leaves its files as they are.</summary>
    private void StopOnContradiction()
    {
        if (_raft.Contradictions > 0 && Divergence is null)
        {
            StopForGood(new Divergence(DivergenceCause.Contradiction, AppliedIndex, []));
        }
    }

    /// <summary>From now on nothing is proposed, applied, written, voted for or sent but reports, so that the others
    /// soon elect another leader if this one led.</summary>
    private void StopForGood(Divergence divergence)
    {
        Divergence = divergence;
        _output.Messages.Clear();
        _output.Pieces.Clear();
        _output.Snapshots.Clear();
        _waiting.Clear();
        foreach (var proposal in _collected)
        {
            Answer(proposal.RequestId, ProposalOutcome.NotLeader); // Never appended.
        }

        _collected.Clear();
        _payloads.Clear();
        while (_pending.TryDequeue(out var proposal))
        {
            Answer(proposal.RequestId, ProposalOutcome.Unknown);
        }

        GiveUpChanges();
        foreach (var read in _reads)
        {
            _output.Reads.Add(read with { Index = -1 });
        }

        _reads.Clear();
    }
}
