using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <content>The replica's thread: takes what waits, lets the replica decide, carries out what it says.</content>
public sealed partial class RaftReplicatedLog
{
    private readonly Dictionary<long, TaskCompletionSource<Proposal>> _proposals = [];
    private readonly Dictionary<long, TaskCompletionSource<long?>> _barriers = [];
    private readonly Dictionary<long, TaskCompletionSource<MembershipOutcome>> _changes = [];
    private long _lastRequest;

    private void Run()
    {
        try
        {
            Loop();
        }
        catch (Exception exception)
        {
            // A broken invariant: the process must end, and what waits must not hang until it does.
            Fail(exception);
        }

        AnswerAllThatWaits();
    }

    private void Loop()
    {
        var contents = new InboxContents();
        var interval = (long)_options.TickInterval.TotalMicroseconds;
        var nextTick = HostClock.Monotonic + interval;
        while (!_inbox.IsClosed)
        {
            var wait = TimeSpan.FromMicroseconds(Math.Max(0, nextTick - HostClock.Monotonic));
            contents.Clear();
            contents = _inbox.Take(contents, wait);
            var now = HostClock.Monotonic;
            _replica.SetClock(now);
            GiveInputs(contents);

            // After a stall only one tick counts: a node that was not running must first hear what it missed before it
            // takes the silence for the leader's.
            if (now >= nextTick)
            {
                _replica.Tick();
                nextTick = Math.Max(nextTick + interval, now + (interval / 2));
            }

            // Shown before it is answered: whoever has an answer never sees this node behind it afterwards.
            var output = _replica.Flush();
            _board.Publish(HostClock.Monotonic);
            CarryOut(output);
            TellOfDifferences(output);
            _replica.ClearOutput();
        }
    }

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

        foreach (var proposal in contents.Proposals)
        {
            _proposals.Add(++_lastRequest, proposal.Source);
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

        foreach (var message in output.Messages)
        {
            _transport.Send(message);
        }

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
            if (_proposals.Remove(completed.RequestId, out var source))
            {
                source.TrySetResult(completed.Proposal);
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
            if (_barriers.Remove(read.RequestId, out var source))
            {
                source.TrySetResult(read.Index < 0 ? null : read.Index);
            }
        }
    }

    private void AnswerAllThatWaits()
    {
        // Whatever is still in the inbox was never proposed; what was proposed may be on other nodes' disks.
        var left = _inbox.Take(new InboxContents(), TimeSpan.Zero);
        foreach (var proposal in left.Proposals)
        {
            proposal.Source.TrySetResult(Proposal.NotApplied(ProposalOutcome.ShuttingDown));
        }

        foreach (var source in _proposals.Values)
        {
            source.TrySetResult(Proposal.NotApplied(ProposalOutcome.Unknown));
        }

        foreach (var source in _changes.Values)
        {
            source.TrySetResult(new MembershipOutcome(MembershipResult.Unknown));
        }

        foreach (var source in _barriers.Values)
        {
            source.TrySetResult(null);
        }

        _board.Stop();
    }
}
