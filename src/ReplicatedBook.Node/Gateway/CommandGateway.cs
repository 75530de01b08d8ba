using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Brings commands into the log from whatever node they arrived at: proposes them where this node leads, else
/// sends the request to the leader. Safe from any thread.</summary>
/// <remarks>The one rule: once an attempt may have reached a log, nothing but its result or Unknown is
/// answered.</remarks>
internal sealed class CommandGateway(
    IReplicatedLog log, IReplicaReader reader, IPeerCalls peers, CommandAdmission admission, NodeMeter meter,
    TimeProvider time)
{
    /// <summary>Between two attempts of anything: short beside an election, long beside a round trip.</summary>
    internal static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Submits a command and waits as far as it asks, never longer than its timeout.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Submission> SubmitAsync(PendingCommand command)
    {
        if (!await admission.EnterAsync(command.Source, command.IsPatient))
        {
            // Not encoded only to be counted: refusing must stay cheap.
            var refused = new Submission(SubmissionEnding.Overloaded, null, null, WasForwarded: false);
            meter.CommandEnded(null, refused);
            return refused;
        }

        try
        {
            return await CarryThroughAsync(command);
        }
        finally
        {
            admission.Leave(command.Source);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Submission> CarryThroughAsync(PendingCommand command)
    {
        using var timeout = new CancellationTokenSource(command.Timeout, time);
        var attempts = new Attempts(command, timeout.Token);
        Submission submission;
        try
        {
            while (true)
            {
                if (log.Status.Divergence is not null)
                {
                    submission = attempts.NotDone(
                        attempts.MayBeInLog ? SubmissionEnding.Unknown : SubmissionEnding.Diverged);
                    break;
                }

                var attempt = await TryAsync(attempts);
                if (attempts.Conclude(attempt) is { } ended)
                {
                    submission = ended;
                    break;
                }

                await Task.Delay(RetryPause, time, timeout.Token);
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            submission = attempts.NotDone(attempts.MayBeInLog ? SubmissionEnding.Unknown : attempts.LastRefusal);
        }

        meter.CommandEnded(CommandCodec.KindOf(CommandCodec.Unwrap(Encode(attempts).Span)), submission);
        return submission;
    }

    /// <summary>One attempt: on this node if it leads, else on the leader if one is known.</summary>
    private ValueTask<ForwardAnswer> TryAsync(Attempts attempts)
    {
        var status = log.Status;
        attempts.WasForwarded = false;
        if (status.Role == Role.Leader)
        {
            return ProposeAsync(attempts);
        }

        return status.Leader is { } leader && leader != status.Node
            ? ForwardAsync(leader, attempts)
            : ValueTask.FromResult(ForwardAnswer.NotApplied(ProposalOutcome.NotLeader));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ForwardAnswer> ProposeAsync(Attempts attempts)
    {
        var bytes = Encode(attempts);
        attempts.IsUnderWay = true;
        var proposal = await log.ProposeAsync(bytes, attempts.Command.Wait, attempts.Cancellation);
        meter.ProposalAnswered(proposal);
        return ForwardAnswer.From(proposal, reader);
    }

    private async ValueTask<ForwardAnswer> ForwardAsync(NodeId leader, Attempts attempts)
    {
        var call = new ForwardCall(
            attempts.Command.Wait, attempts.Command.Timeout, Encode(attempts));
        attempts.IsUnderWay = true;
        attempts.WasForwarded = true;
        var answer = await peers.CallAsync(leader, PeerCallKind.Submit, call.ToBytes(), attempts.Cancellation);
        attempts.WasForwarded = answer.Delivery != PeerDelivery.NotSent;
        return answer.Delivery switch
        {
            PeerDelivery.NotSent => ForwardAnswer.NotApplied(ProposalOutcome.NotLeader),
            PeerDelivery.Answered => ForwardAnswer.Read(answer.Body.Span)
                ?? ForwardAnswer.NotApplied(ProposalOutcome.Unknown),
            _ => ForwardAnswer.NotApplied(ProposalOutcome.Unknown),
        };
    }

    private ReadOnlyMemory<byte> Encode(Attempts attempts) =>
        attempts.Encode(reader.ClusterTime, log.Status.FeatureLevel >= FeatureLevels.Identity);

    /// <summary>What all attempts of one submission have come to so far.</summary>
    private sealed class Attempts(PendingCommand command, CancellationToken cancellation)
    {
        private bool _someUnknown;
        private bool _someForwarded;
        private ReadOnlyMemory<byte>? _bytes;

        public PendingCommand Command { get; } = command;

        public CancellationToken Cancellation { get; } = cancellation;

        /// <summary>Whether an attempt has begun whose end is not known.</summary>
        public bool IsUnderWay { get; set; }

        /// <summary>Whether the present attempt may have left for another node.</summary>
        public bool WasForwarded { get; set; }

        public bool MayBeInLog => _someUnknown || IsUnderWay;

        public SubmissionEnding LastRefusal { get; private set; } = SubmissionEnding.NoLeader;

        /// <summary>The same bytes for every attempt, so that all share one deadline.</summary>
        /// <param name="clusterTime">To count the deadline from.</param>
        /// <param name="knowsOrigins">Whether the exchange keeps records, and where what is in them came from.</param>
        public ReadOnlyMemory<byte> Encode(Timestamp clusterTime, bool knowsOrigins)
        {
            if (_bytes is not { } bytes)
            {
                // Without any cluster time yet there is nothing to count a deadline from.
                var deadline = clusterTime.Microseconds == 0
                    ? default
                    : new Timestamp(clusterTime.Microseconds + (long)Command.Timeout.TotalMicroseconds);
                var buffer = new ArrayBufferWriter<byte>(256);
                Command.Encode(buffer, new CommandHeader(Command.User, Command.Key, deadline));
                _bytes = bytes = knowsOrigins && Command.Origin is { } origin
                    ? WithOrigin(buffer.WrittenMemory, origin)
                    : buffer.WrittenMemory;
            }

            return bytes;
        }

        private static ReadOnlyMemory<byte> WithOrigin(ReadOnlyMemory<byte> command, IPAddress origin)
        {
            if (!CommandCodec.IsOnRecord(command.Span))
            {
                return command;
            }

            var buffer = new ArrayBufferWriter<byte>(command.Length + 64);
            CommandCodec.WriteAudited(buffer, origin.ToString(), command.Span);
            return buffer.WrittenMemory;
        }

        /// <summary>Whether a result also settles what became of earlier attempts that were lost.</summary>
        /// <remarks>A success does: it is the first, or a replay of it. So does a refusal of a request with a key: it
        /// is remembered under the key, or says that the deadline has passed, which every lost attempt shares. Any
        /// other refusal does not: a lost attempt may still arrive in time, and find other funds or another
        /// book.</remarks>
        private bool IsDefinite(RejectReason reason) => reason == RejectReason.None
            || (!Command.Key.IsEmpty && reason != RejectReason.RequestTableFull);

        /// <summary>Takes the end of an attempt into account.</summary>
        /// <returns>The end of the submission; none when it is to be tried again.</returns>
        public Submission? Conclude(ForwardAnswer attempt)
        {
            IsUnderWay = false;
            _someForwarded |= WasForwarded;
            var proposal = attempt.Proposal;
            switch (proposal.Outcome)
            {
                case ProposalOutcome.Applied when _someUnknown && !IsDefinite(proposal.Applied.Reason):
                    return NotDone(SubmissionEnding.Unknown);
                case ProposalOutcome.Applied:
                    return new Submission(SubmissionEnding.Applied, proposal, attempt.First, WasForwarded);
                case ProposalOutcome.Appended:
                    return new Submission(SubmissionEnding.Appended, proposal, null, WasForwarded);
                case ProposalOutcome.Unknown:
                    _someUnknown = true;
                    return Command.IsRepeatable || !Command.Key.IsEmpty
                        ? null
                        : NotDone(SubmissionEnding.Unknown);
                case ProposalOutcome.Overloaded when !_someUnknown:
                    return NotDone(SubmissionEnding.Overloaded);
                case ProposalOutcome.NotSupported when !_someUnknown:
                    return NotDone(SubmissionEnding.NotSupported);
                case ProposalOutcome.StorageFull when !_someUnknown:
                    return NotDone(SubmissionEnding.StorageFull);
                case ProposalOutcome.ShuttingDown when !_someUnknown && !WasForwarded:
                    return NotDone(SubmissionEnding.ShuttingDown);
                default:
                    LastRefusal = SubmissionEnding.NoLeader;
                    return null;
            }
        }

        public Submission NotDone(SubmissionEnding ending) =>
            new(ending, null, null, _someForwarded || WasForwarded);
    }
}
