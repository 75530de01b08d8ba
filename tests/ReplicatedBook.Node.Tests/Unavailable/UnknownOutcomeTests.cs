using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: what may be in a log is neither a success nor "not executed". Method: every way in which an attempt
/// can end without an end, followed by everything that could be mistaken for one.</summary>
public sealed class UnknownOutcomeTests : ScriptedNodeTests
{
    private const int Short = 80;

    [Theory]
    [InlineData("")]
    [InlineData("k1")]
    public async Task A_proposal_that_is_never_answered_is_unknown(string key)
    {
        Node.Log.Answers.Add(ScriptedLog.NeverAsync<Proposal>);

        ExpectUnknown(await WriteAsync(Short, key));
    }

    [Theory]
    [InlineData(ProposalOutcome.NotLeader)]
    [InlineData(ProposalOutcome.Overloaded)]
    [InlineData(ProposalOutcome.StorageFull)]
    [InlineData(ProposalOutcome.ShuttingDown)]
    [InlineData(ProposalOutcome.Unknown)]
    public async Task No_later_refusal_makes_an_unknown_attempt_not_executed(ProposalOutcome later)
    {
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(later)));

        ExpectUnknown(await WriteAsync(Short, "k1"));

        Assert.True(Node.Log.Proposed.Count > 1, "a write with a key is repeated");
        Assert.All(Node.Log.Proposed, bytes => Assert.Equal(Node.Log.Proposed[0], bytes));
    }

    [Fact]
    public async Task A_repetition_refused_without_being_remembered_leaves_the_first_attempt_unknown()
    {
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown)));
        RefuseInTheLog(RejectReason.RequestTableFull);

        ExpectUnknown(await WriteAsync(key: "k1"));
    }

    [Fact]
    public async Task A_leader_lost_after_an_unknown_attempt_leaves_it_unknown()
    {
        Node.Log.Answers.Add(_ =>
        {
            Node.Follow(null);
            return Task.FromResult(Proposal.NotApplied(ProposalOutcome.Unknown));
        });

        ExpectUnknown(await WriteAsync(Short, "k1"));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("silent")]
    [InlineData("unreadable")]
    [InlineData("unknown")]
    public async Task A_forwarded_write_without_an_answer_is_unknown_and_says_who_forwarded_it(string end)
    {
        Node.Follow("n2");
        Node.Peers.Answers.Add(cancellation => end switch
        {
            "lost" => Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default)),
            "silent" => ScriptedLog.NeverAsync<PeerAnswer>(cancellation),
            "unreadable" => Task.FromResult(new PeerAnswer(PeerDelivery.Answered, new byte[] { 0xC1 })),
            _ => Task.FromResult(new PeerAnswer(
                PeerDelivery.Answered, ForwardAnswer.NotApplied(ProposalOutcome.Unknown).ToBytes())),
        });

        var answer = await WriteAsync(Short);

        ExpectUnknown(answer);
        Assert.Equal("n1", answer["rb-forwarded"]);
        Assert.Single(Node.Peers.Calls);
    }

    [Fact]
    public async Task A_fault_of_the_node_after_a_write_was_sent_is_unknown_and_during_a_read_is_not()
    {
        Node.Log.Answers.Add(_ => throw new InvalidOperationException("a fault"));
        Node.Reader.Failure = new InvalidOperationException("a fault");

        var written = await WriteAsync();
        var read = await Node.Client.GetAsync(Accounts);

        ExpectRefusal(written, 500, "internal", "unknown", isRetryable: false);
        ExpectRefusal(read, 500, "internal", "not_executed", isRetryable: false);
        Assert.DoesNotContain("a fault", written.Text + read.Text);
    }

    private void ExpectUnknown(Answer answer)
    {
        ExpectRefusal(answer, 504, "outcome_unknown", "unknown", isRetryable: true);
        Assert.False(answer.Json.TryGetProperty("receipt", out _), "an unknown outcome has no receipt");
        Assert.Contains("/v1/commands/", answer.TextAt("detail"));
    }
}
