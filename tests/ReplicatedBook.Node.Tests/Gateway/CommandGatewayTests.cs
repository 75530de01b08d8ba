using ReplicatedBook.Consensus;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Gateway.Admission;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway;

/// <summary>Goal: an outcome that is not known is never told as a failure or a success (RELIABILITY P7).</summary>
public sealed class CommandGatewayTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    private readonly ScriptedLog _log = new();
    private readonly ScriptedPeers _peers = new();
    private readonly NodeMeter _meter = new();
    private readonly ScriptedReader _reader = new();

    [Fact]
    public async Task A_leader_proposes_and_gives_the_result()
    {
        _log.Answers.Add(_ => Task.FromResult(Applied(7)));

        var submission = await SubmitAsync(Long);

        Assert.Equal((SubmissionEnding.Applied, 7, false),
            (submission.Ending, submission.Proposal!.Index, submission.WasForwarded));
    }

    [Fact]
    public async Task A_follower_sends_the_request_to_the_leader()
    {
        _log.Status = ScriptedLog.Following("n2");
        _peers.Answers.Add(_ => Task.FromResult(Answered(Applied(7))));

        var submission = await SubmitAsync(Long);

        Assert.Equal((SubmissionEnding.Applied, 7, true),
            (submission.Ending, submission.Proposal!.Index, submission.WasForwarded));
        Assert.Equal(new NodeId("n2"), Assert.Single(_peers.Calls).To);
        Assert.Empty(_log.Proposed);
    }

    [Fact]
    public async Task A_change_of_leader_is_waited_for_and_every_attempt_has_the_same_bytes()
    {
        _log.Answers.Add(_ =>
        {
            _log.Status = ScriptedLog.Following(null);
            return Task.FromResult(Proposal.NotApplied(ProposalOutcome.NotLeader));
        });
        _peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.NotSent, default)));
        _peers.Answers.Add(_ => Task.FromResult(Answered(Proposal.NotApplied(ProposalOutcome.NotLeader))));
        _peers.Answers.Add(_ => Task.FromResult(Answered(Applied(9))));
        var submitting = SubmitAsync(Long);
        _reader.ClusterTime = new Timestamp(5_000_000);
        _log.Status = ScriptedLog.Following("n3");

        var submission = await submitting;

        Assert.Equal((SubmissionEnding.Applied, 9), (submission.Ending, submission.Proposal!.Index));
        Assert.Equal(3, _peers.Calls.Count);
        Assert.All(_peers.Calls, call =>
            Assert.Equal(_log.Proposed[0], ForwardCall.Read(call.Body)!.Command.ToArray()));
    }

    [Fact]
    public async Task Without_a_leader_until_the_end_nothing_was_executed()
    {
        _log.Status = ScriptedLog.Following(null);

        Assert.Equal(SubmissionEnding.NoLeader, (await SubmitAsync(Short)).Ending);
        Assert.Empty(_peers.Calls);
    }

    [Theory]
    [InlineData(ProposalOutcome.Overloaded, SubmissionEnding.Overloaded)]
    [InlineData(ProposalOutcome.StorageFull, SubmissionEnding.StorageFull)]
    [InlineData(ProposalOutcome.ShuttingDown, SubmissionEnding.ShuttingDown)]
    internal async Task A_refusal_on_this_node_is_answered_at_once(ProposalOutcome outcome, SubmissionEnding ending)
    {
        _log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(outcome)));

        Assert.Equal(ending, (await SubmitAsync(Long)).Ending);
        Assert.Single(_log.Proposed);
    }

    [Fact]
    public async Task An_overloaded_leader_is_answered_at_once_and_a_stopping_one_is_waited_out()
    {
        _log.Status = ScriptedLog.Following("n2");
        _peers.Answers.Add(_ => Task.FromResult(Answered(Proposal.NotApplied(ProposalOutcome.ShuttingDown))));
        _peers.Answers.Add(_ => Task.FromResult(Answered(Proposal.NotApplied(ProposalOutcome.Overloaded))));

        Assert.Equal(SubmissionEnding.Overloaded, (await SubmitAsync(Long)).Ending);
        Assert.Equal(2, _peers.Calls.Count);
    }

    [Fact]
    public async Task A_lost_call_without_a_key_is_unknown_at_once()
    {
        _log.Status = ScriptedLog.Following("n2");
        _peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default)));

        Assert.Equal(SubmissionEnding.Unknown, (await SubmitAsync(Long)).Ending);
        Assert.Single(_peers.Calls);
    }

    [Theory]
    [InlineData("key", false)]
    [InlineData("", true)]
    public async Task A_lost_call_that_may_be_repeated_is_repeated_with_the_same_bytes(string key, bool isRepeatable)
    {
        _log.Status = ScriptedLog.Following("n2");
        _peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default)));
        _peers.Answers.Add(_ => Task.FromResult(Answered(Proposal.NotApplied(ProposalOutcome.Unknown))));
        _peers.Answers.Add(_ => Task.FromResult(Answered(Applied(5))));

        var submission = await SubmitAsync(Long, key, isRepeatable);

        Assert.Equal(SubmissionEnding.Applied, submission.Ending);
        Assert.Equal(3, _peers.Calls.Count);
        Assert.All(_peers.Calls, call => Assert.Equal(_peers.Calls[0].Body, call.Body));
    }

    [Theory]
    [InlineData(ProposalOutcome.NotLeader)]
    [InlineData(ProposalOutcome.Overloaded)]
    [InlineData(ProposalOutcome.ShuttingDown)]
    [InlineData(ProposalOutcome.Unknown)]
    public async Task Once_unknown_no_later_refusal_makes_it_not_executed(ProposalOutcome later)
    {
        _log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        _log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(later)));

        Assert.Equal(SubmissionEnding.Unknown, (await SubmitAsync(Short, "key")).Ending);
        Assert.True(_log.Proposed.Count > 1);
    }

    [Theory]
    [InlineData("", RejectReason.InsufficientFunds)]
    [InlineData("", RejectReason.DeadlineExceeded)]
    [InlineData("key", RejectReason.RequestTableFull)]
    public async Task A_refusal_that_a_lost_attempt_may_not_share_leaves_the_outcome_unknown(
        string key, RejectReason reason)
    {
        _log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        _log.Answers.Add(_ => Task.FromResult(Applied(3, reason)));

        Assert.Equal(SubmissionEnding.Unknown, (await SubmitAsync(Long, key, isRepeatable: true)).Ending);
    }

    [Theory]
    [InlineData(RejectReason.InsufficientFunds)]
    [InlineData(RejectReason.DeadlineExceeded)]
    public async Task A_refusal_under_the_requests_key_settles_every_attempt(RejectReason reason)
    {
        _log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        _log.Answers.Add(_ => Task.FromResult(Applied(3, reason)));

        Assert.Equal(SubmissionEnding.Applied, (await SubmitAsync(Long, "key")).Ending);
    }

    [Fact]
    public async Task A_first_attempt_past_the_deadline_is_a_definite_answer()
    {
        _log.Answers.Add(_ => Task.FromResult(Applied(3, RejectReason.DeadlineExceeded)));

        Assert.Equal(SubmissionEnding.Applied, (await SubmitAsync(Long)).Ending);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_does_not_come_in_time_is_unknown(bool leads)
    {
        _log.Status = leads ? ScriptedLog.Leading() : ScriptedLog.Following("n2");
        _log.Answers.Add(ScriptedLog.NeverAsync<Proposal>);
        _peers.Answers.Add(ScriptedLog.NeverAsync<PeerAnswer>);

        Assert.Equal(SubmissionEnding.Unknown, (await SubmitAsync(Short)).Ending);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_unknown()
    {
        _log.Status = ScriptedLog.Following("n2");
        _peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.Answered, new byte[] { 0xC1 })));

        Assert.Equal(SubmissionEnding.Unknown, (await SubmitAsync(Long)).Ending);
    }

    [Fact]
    public async Task The_deadline_is_cluster_time_plus_timeout_and_absent_without_cluster_time()
    {
        _log.Answers.Add(_ => Task.FromResult(Applied(1)));
        var headers = new List<CommandHeader>();
        var command = new PendingCommand(
            (_, header) => headers.Add(header), new UserId(7), default, false, ProposalWait.Applied, default,
            TimeSpan.FromSeconds(2));

        await Gateway().SubmitAsync(command);
        _reader.ClusterTime = default;
        await Gateway().SubmitAsync(command);

        Assert.Equal([3_000_000, 0], headers.Select(header => header.Deadline.Microseconds));
        Assert.All(headers, header => Assert.Equal(7, header.User.Value));
    }

    private CommandGateway Gateway() => new(
        _log, _reader, _peers, new CommandAdmission(8, 8, 8, TimeSpan.FromSeconds(1), TimeProvider.System),
        _meter, TimeProvider.System);

    private async Task<Submission> SubmitAsync(TimeSpan timeout, string key = "", bool isRepeatable = false)
    {
        Assert.True(RequestKey.TryCreate(key, out var requestKey));
        return await Gateway().SubmitAsync(new PendingCommand(
            (buffer, header) => CommandCodec.Write(buffer, header, new CreateAccount("x")), default, requestKey,
            isRepeatable, ProposalWait.Applied, default, timeout));
    }

    private static Proposal Applied(long index, RejectReason reason = RejectReason.None) => new(
        ProposalOutcome.Applied, index, 1, new Timestamp(1), default, new Applied(reason, 0), new byte[] { 1, 2 });

    private static PeerAnswer Answered(Proposal proposal) =>
        new(PeerDelivery.Answered, new ForwardAnswer(proposal, null).ToBytes());
}
