using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: a client is told "not executed" only of what surely was not. Method: real HTTP, a log that answers as
/// the test says.</summary>
public sealed class WriteRefusalTests : ScriptedNodeTests
{
    private const int Short = 60;

    public static TheoryData<string, string, string> Writes => new()
    {
        { "POST", Accounts, "{}" },
        { "POST", "/v1/assets", """{"asset":"USD","scale":2}""" },
        { "DELETE", "/v1/orders/7", "" },
        { "DELETE", "/v1/orders?account_id=a1", "" },
        { "DELETE", "/v1/orders/by_client_id/x?account_id=a1", "" },
    };

    [Fact]
    public async Task A_write_without_a_leader_is_not_executed_and_goes_nowhere()
    {
        Node.Follow(null);

        ExpectRefusal(await WriteAsync(Short), 503, "no_leader", "not_executed", isRetryable: true);
        ExpectRefusal(
            await Node.Client.PostAsync($"{Accounts}?redirect=true", "{}"), 503, "no_leader", "not_executed", true);
        ExpectRefusal(
            await Node.Client.PostAsync("/v1/cluster/leader", "{}"), 503, "no_leader", "not_executed", true);
        Assert.Empty(Node.Log.Proposed);
        Assert.Empty(Node.Peers.Calls);
    }

    [Fact]
    public async Task A_leader_that_cannot_be_reached_is_as_none()
    {
        Node.Follow("n2");
        Node.Peers.Answers.Add(_ => Task.FromResult(new PeerAnswer(PeerDelivery.NotSent, default)));

        var answer = await WriteAsync(Short);

        ExpectRefusal(answer, 503, "no_leader", "not_executed", isRetryable: true);
        Assert.False(answer.Headers.ContainsKey("rb-forwarded"), "nothing has left this node");
    }

    [Fact]
    public async Task A_hand_over_that_is_given_up_has_no_quorum() => ExpectRefusal(
        await Node.Client.PostAsync("/v1/cluster/leader", """{"node_id":"n3"}"""), 503, "no_quorum", "not_executed",
        isRetryable: true);

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_full_inbox_is_overloaded_at_once(string method, string path, string body)
    {
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.Overloaded)));

        ExpectRefusal(await SendAsync(method, path, body), 503, "overloaded", "not_executed", isRetryable: true);
        Assert.Single(Node.Log.Proposed);
    }

    [Fact]
    public async Task A_full_inbox_of_the_leader_is_overloaded_at_once_too()
    {
        Node.Follow("n2");
        AnswerFromLeader(Proposal.NotApplied(ProposalOutcome.Overloaded));

        var answer = await WriteAsync();

        ExpectRefusal(answer, 503, "overloaded", "not_executed", isRetryable: true);
        Assert.Equal("n1", answer["rb-forwarded"]);
        Assert.Single(Node.Peers.Calls);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public async Task A_write_to_a_full_disk_is_not_executed(string method, string path, string body)
    {
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.StorageFull)));

        ExpectRefusal(await SendAsync(method, path, body), 503, "storage_full", "not_executed", isRetryable: true);
        Assert.Single(Node.Log.Proposed);
    }

    [Fact]
    public async Task A_full_disk_of_the_leader_is_answered_at_once_too()
    {
        Node.Follow("n2");
        AnswerFromLeader(Proposal.NotApplied(ProposalOutcome.StorageFull));

        ExpectRefusal(await WriteAsync(), 503, "storage_full", "not_executed", isRetryable: true);
        Assert.Single(Node.Peers.Calls);
    }

    [Fact]
    public async Task A_key_table_that_is_full_is_overloaded_and_not_executed()
    {
        RefuseInTheLog(RejectReason.RequestTableFull);

        ExpectRefusal(
            await WriteAsync(key: "k1"), 503, "overloaded", "not_executed", isRetryable: true, EntryIndex, term: 4);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_on_a_stopping_node_is_not_executed(string method, string path, string body)
    {
        Node.Log.Answers.Add(_ => Task.FromResult(Proposal.NotApplied(ProposalOutcome.ShuttingDown)));

        ExpectRefusal(await SendAsync(method, path, body), 503, "shutting_down", "not_executed", isRetryable: true);
    }

    [Fact]
    public async Task A_command_past_its_deadline_is_not_executed_although_it_is_in_the_log()
    {
        RefuseInTheLog(RejectReason.DeadlineExceeded);

        ExpectRefusal(
            await WriteAsync(), 503, "deadline_exceeded", "not_executed", isRetryable: true, EntryIndex, term: 4);
    }

    [Fact]
    public async Task A_forwarded_command_past_its_deadline_says_who_forwarded_it()
    {
        Node.Follow("n3");
        AnswerFromLeader(Refused(RejectReason.DeadlineExceeded));

        var answer = await WriteAsync();

        ExpectRefusal(answer, 503, "deadline_exceeded", "not_executed", isRetryable: true, EntryIndex, term: 4);
        Assert.Equal("n1", answer["rb-forwarded"]);
    }

    [Theory]
    [InlineData(RejectReason.LimitReached, "limit_reached")]
    [InlineData(RejectReason.BatchAborted, "batch_aborted")]
    public async Task A_refusal_in_the_log_is_final_and_says_where_it_stands(RejectReason reason, string code)
    {
        RefuseInTheLog(reason);

        ExpectRefusal(await WriteAsync(), 422, code, "rejected", isRetryable: false, EntryIndex, term: 4);
    }

    [Theory]
    [InlineData(RejectReason.LimitReached, "too_many_open_orders")]
    [InlineData(RejectReason.TooManyOpenOrders, "too_many_open_orders")]
    [InlineData(RejectReason.NotionalTooLarge, "max_quantity")]
    public async Task A_refused_order_has_the_code_of_orders(RejectReason reason, string code)
    {
        KnowInstrument((Catalog)Node.Services.GetService(typeof(Catalog))!);
        RefuseInTheLog(reason);

        var answer = await Node.Client.PostAsync(
            "/v1/orders", NodeFixture.Limit("a1", "BTC-USD", "buy", "100", "1"));

        ExpectRefusal(answer, 422, code, "rejected", isRetryable: false, EntryIndex, term: 4);
    }

    private Task<Answer> SendAsync(string method, string path, string body) => Node.Client.SendAsync(
        new HttpMethod(method), path, body.Length == 0 ? null : TestClient.Json(body));

    private void AnswerFromLeader(Proposal proposal) => Node.Peers.Answers.Add(_ => Task.FromResult(
        new PeerAnswer(PeerDelivery.Answered, new ForwardAnswer(proposal, null).ToBytes())));
}
