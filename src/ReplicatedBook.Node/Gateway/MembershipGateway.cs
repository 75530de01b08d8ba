using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Changes the membership from whichever node was asked: here where this node leads, else on the leader. Safe
/// from any thread.</summary>
/// <remarks>What surely did not happen is tried again until the time is over, and so is what may have: a change says
/// what is to hold, so a second attempt that finds it in force has settled the first.</remarks>
internal sealed class MembershipGateway(
    IReplicatedLog log, IPeerCalls peers, MemberCalls members, TimeProvider time)
{
    // Much longer than a change takes; an answer that was lost while links follow the members is not waited for longer.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(2);

    /// <summary>Makes a change. A leader that is to be removed hands over first.</summary>
    /// <returns>Done, without an index where only a later attempt found it in force; Refused for good; or, when the
    /// time is over, Refused as NotLeader if no attempt can have come into force, else Unknown.</returns>
    public async ValueTask<MembershipOutcome> ChangeAsync(MembershipChange change, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        var attempts = new Attempts(change);
        try
        {
            while (true)
            {
                var outcome = await TryAsync(attempts, timeout.Token);
                if (attempts.Conclude(outcome) is { } ended)
                {
                    return ended;
                }

                await Task.Delay(CommandGateway.RetryPause, time, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return attempts.MayBeInForce
                ? new MembershipOutcome(MembershipResult.Unknown)
                : MembershipOutcome.Refused(MembershipRefusal.NotLeader);
        }
    }

    private async ValueTask<MembershipOutcome> TryAsync(Attempts attempts, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(AttemptLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await TryOnceAsync(attempts, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested
            && !cancellation.IsCancellationRequested)
        {
            return new MembershipOutcome(MembershipResult.Unknown);
        }
    }

    private async ValueTask<MembershipOutcome> TryOnceAsync(Attempts attempts, CancellationToken cancellation)
    {
        var status = log.Status;
        if (status.Leader is not { } leader)
        {
            return MembershipOutcome.Refused(MembershipRefusal.NotLeader);
        }

        if (attempts.Change is MembershipChange.Remove leaving && leaving.Id == leader && status.Voters.Count > 1)
        {
            // Who removes itself may be cut off before its answer is out, and nobody leads until the others notice.
            attempts.HasHandedOver |= await members.TransferAsync(null, cancellation);
            return MembershipOutcome.Refused(MembershipRefusal.NotLeader);
        }

        attempts.IsUnderWay = true;
        return leader == status.Node
            ? await log.ChangeMembershipAsync(attempts.Change, cancellation)
            : await ForwardAsync(leader, attempts.Change, cancellation);
    }

    private async ValueTask<MembershipOutcome> ForwardAsync(
        NodeId leader, MembershipChange change, CancellationToken cancellation)
    {
        var answer = await peers.CallAsync(
            leader, PeerCallKind.ChangeMembership, MembershipCall.ToBytes(change), cancellation);
        return answer.Delivery switch
        {
            PeerDelivery.NotSent => MembershipOutcome.Refused(MembershipRefusal.NotLeader),
            PeerDelivery.Answered => MembershipCall.ReadAnswer(answer.Body.Span)
                ?? new MembershipOutcome(MembershipResult.Unknown),
            _ => new MembershipOutcome(MembershipResult.Unknown),
        };
    }

    /// <summary>What all attempts of one change have come to so far.</summary>
    private sealed class Attempts(MembershipChange change)
    {
        private bool _someUnknown;

        public MembershipChange Change { get; } = change;

        /// <summary>Whether an attempt has begun whose end is not known.</summary>
        public bool IsUnderWay { get; set; }

        /// <summary>Whether the lead was handed over for this change: the new leader hears from the others
        /// soon.</summary>
        public bool HasHandedOver { get; set; }

        public bool MayBeInForce => _someUnknown || IsUnderWay;

        /// <summary>Takes the end of an attempt into account.</summary>
        /// <returns>The end of the change; none when it is to be tried again.</returns>
        public MembershipOutcome? Conclude(MembershipOutcome outcome)
        {
            IsUnderWay = false;
            switch (outcome.Result)
            {
                case MembershipResult.Unknown:
                    _someUnknown = true;
                    return null;
                case MembershipResult.ShuttingDown when _someUnknown:
                    return null;
                case MembershipResult.Refused when _someUnknown && outcome.Refusal == InForce:
                    return new MembershipOutcome(MembershipResult.Done);
                case MembershipResult.Refused when _someUnknown && outcome.Refusal == MembershipRefusal.Changed:
                    return new MembershipOutcome(MembershipResult.Unknown); // Perhaps by that attempt itself.
                case MembershipResult.Refused when IsPassing(outcome.Refusal):
                    return null;
                default:
                    return outcome;
            }
        }

        /// <summary>The refusal that says that what is asked for holds already.</summary>
        private MembershipRefusal InForce => Change is MembershipChange.Remove
            ? MembershipRefusal.NotMember
            : MembershipRefusal.AlreadyMember;

        private bool IsPassing(MembershipRefusal refusal) => refusal switch
        {
            MembershipRefusal.NotLeader or MembershipRefusal.Transferring or MembershipRefusal.NotReady => true,
            MembershipRefusal.InProgress => _someUnknown,
            MembershipRefusal.Unsafe => HasHandedOver,
            _ => false,
        };
    }
}
