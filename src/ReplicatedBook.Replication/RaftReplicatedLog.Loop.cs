using System.Diagnostics;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>A turn: takes what waits, lets the replica decide, carries out what it says. All here belongs to the thread
/// that has the turn (<see cref="ReplicaInbox"/>).</content>
public sealed partial class RaftReplicatedLog
{
    /// <summary>So that nobody who brings something is kept for long.</summary>
    private const int MaxBorrowedTurns = 3;

    private readonly Dictionary<long, TakenProposal> _proposals = [];
    private readonly Dictionary<long, Action<long?>> _barriers = [];
    private readonly Dictionary<long, TaskCompletionSource<MembershipOutcome>> _changes = [];
    private readonly Completions _completions = new();
    private InboxContents _contents = new();
    private long _lastRequest;
    private long _flushStarted;
    private long _flushEnded;

    /// <summary>The replica's own thread.</summary>
    private void Run()
    {
        try
        {
            while (!_inbox.IsClosed)
            {
                RunTurn();
                if (_inbox.TryEndTurn(_replica.HasWriteUnderWay))
                {
                    WaitForTurn();
                }
            }
        }
        catch (Exception exception)
        {
            // A broken invariant: the process must end, and what waits must not hang until it does.
            Fail(exception);
        }

        AnswerAllThatWaits();
    }

    private void WaitForTurn()
    {
        var limit = TimeSpan.FromMicroseconds(_pacer.WaitAt(HostClock.Monotonic));
        while (!_inbox.WaitForTurn(limit))
        {
            limit = _options.TickInterval; // Whoever has the turn gives it over, and wakes this thread.
        }
    }

    /// <summary>On the thread of whoever brought something: a few turns, and then the replica's own thread goes
    /// on.</summary>
    private void RunBorrowedTurns()
    {
        try
        {
            for (var turn = 0; turn < MaxBorrowedTurns; turn++)
            {
                RunTurn();
                if (_inbox.TryEndTurn(_replica.HasWriteUnderWay))
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        _inbox.GiveTurnToOwner();
    }

    private void RunTurn()
    {
        _contents.Clear();
        _contents = _inbox.Take(_contents);
        var now = HostClock.Monotonic;
        _replica.SetClock(now);
        GiveInputs(_contents);

        if (_pacer.IsDue(now))
        {
            _replica.Tick();
        }

        // Shown before it is answered: whoever has an answer never sees this node behind it afterwards.
        _flushStarted = Stopwatch.GetTimestamp();
        var output = _replica.Flush();
        _flushEnded = Stopwatch.GetTimestamp();
        _board.Publish(HostClock.At(_flushEnded));
        CarryOut(output);
        TellOfDifferences(output);
        _replica.ClearOutput();
    }

    private long TickMicroseconds => (long)_options.TickInterval.TotalMicroseconds;

    private void GiveInputs(InboxContents contents)
    {
        if (contents.Persisted > 0)
        {
            _replica.Persisted(contents.Persisted);
        }

        foreach (var (mark, stateHash) in contents.Saved)
        {
            _replica.SnapshotSaved(mark, stateHash);
        }

        foreach (var message in contents.Messages)
        {
            _replica.Receive(message);
        }

        var now = contents.Proposals.Count > 0 ? Stopwatch.GetTimestamp() : 0;
        foreach (var proposal in contents.Proposals)
        {
            _options.Measures.CommandPassed(CommandStage.Queue, Stopwatch.GetElapsedTime(proposal.AddedAt, now));
            _proposals.Add(++_lastRequest, new TakenProposal(proposal.Waiting, now));
            _replica.Propose(_lastRequest, proposal.Command.Span, proposal.Wait);
        }

        foreach (var call in contents.Calls)
        {
            call(_replica);
        }
    }

    private void CarryOut(ReplicaOutput output)
    {
        if (output.Membership is { } membership)
        {
            _transport.SetMembers(membership.Members);
        }

        if (output.Persist.Count > 0)
        {
            _logWriter.Add(output.Persist);
        }

        if (output.BecameWhole)
        {
            _logWriter.MarkWhole();
        }

        _transport.SendAll(output.Messages);
        foreach (var piece in output.Pieces)
        {
            _snapshots.Send(piece, _replica.ClusterTime.Microseconds);
        }

        foreach (var snapshot in output.Snapshots)
        {
            _snapshots.Save(snapshot);
        }

        foreach (var completed in output.Proposals)
        {
            if (_proposals.Remove(completed.RequestId, out var taken))
            {
                Answer(taken, completed.Proposal);
            }
        }

        foreach (var completed in output.Changes)
        {
            if (_changes.Remove(completed.RequestId, out var source))
            {
                source.TrySetResult(completed.Outcome);
            }
        }

        foreach (var read in output.Reads)
        {
            if (_barriers.Remove(read.RequestId, out var end))
            {
                end(read.Index < 0 ? null : read.Index);
            }
        }

        _completions.Dispatch();
    }

    private void Answer(in TakenProposal taken, Proposal proposal)
    {
        if (proposal.Outcome == ProposalOutcome.Applied)
        {
            var replicated = Stopwatch.GetElapsedTime(taken.At, Math.Max(taken.At, _flushStarted));
            _options.Measures.CommandPassed(CommandStage.Replicate, replicated);
            _options.Measures.CommandPassed(
                CommandStage.Apply, Stopwatch.GetElapsedTime(_flushStarted, _flushEnded));
            proposal.AnsweredAt = _flushEnded;
        }

        var waiting = taken.Waiting;
        _completions.Add(() => waiting.Complete(proposal));
    }

    private void AnswerAllThatWaits()
    {
        // Shown before it is answered, here too.
        _board.Stop();

        // Whatever is still in the inbox was never proposed; what was proposed may be on other nodes' disks.
        var left = _inbox.Take(new InboxContents());
        foreach (var proposal in left.Proposals)
        {
            _completions.Add(() => proposal.Waiting.Complete(Proposal.NotApplied(ProposalOutcome.ShuttingDown)));
        }

        foreach (var taken in _proposals.Values)
        {
            _completions.Add(() => taken.Waiting.Complete(Proposal.NotApplied(ProposalOutcome.Unknown)));
        }

        foreach (var source in _changes.Values)
        {
            source.TrySetResult(new MembershipOutcome(MembershipResult.Unknown));
        }

        foreach (var end in _barriers.Values)
        {
            end(null);
        }

        _completions.Dispatch();
    }

    /// <summary>A proposal that the replica has taken, and when.</summary>
    private readonly record struct TakenProposal(Waiting<Proposal> Waiting, long At);
}
