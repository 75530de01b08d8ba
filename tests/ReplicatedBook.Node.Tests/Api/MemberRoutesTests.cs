using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: every end of a change has its own answer, and a change that may be in force is never called refused.
/// Method: a node whose log and peers do as the test says.</summary>
public sealed class MemberRoutesTests : IAsyncLifetime
{
    private const string Fourth = """{"node_id":"n4","peer":"127.0.0.1:8304","api":"http://127.0.0.1:8004"}""";
    private const string Members = "/v1/cluster/members";

    private static readonly MembershipOutcome Done = new(MembershipResult.Done, Index: 44, Term: 4);

    private ScriptedNode Node { get; set; } = null!;

    public async ValueTask InitializeAsync() => Node = await ScriptedNode.StartAsync();

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    [Fact]
    public async Task A_member_is_added_promoted_and_removed_and_the_answer_says_where_that_stands()
    {
        Node.Log.Changes.Add(Done);

        var added = (await Node.Client.PostAsync(Members, Fourth)).Expect(201);
        var promoted = (await Node.Client.PostAsync($"{Members}/n4/promote", "")).Expect(200);
        var removed = (await Node.Client.DeleteAsync($"{Members}/n2")).Expect(200);

        Assert.Equal(
            ["added n4 44 4", "promoted n4 44 4", "removed n2 44 4"],
            new[] { added, promoted, removed }.Select(answer =>
                $"{answer.TextAt("change")} {answer.TextAt("node_id")} {answer.At("index")} {answer.At("term")}"));
        Assert.Equal(
            [
                new MembershipChange.AddLearner(new NodeId("n4"), "peer=127.0.0.1:8304;api=http://127.0.0.1:8004"),
                new MembershipChange.Promote(new NodeId("n4")), new MembershipChange.Remove(new NodeId("n2")),
            ],
            Node.Log.Changed);
    }

    [Fact]
    public async Task A_change_may_be_for_the_members_that_were_seen_and_no_others()
    {
        Node.Log.Changes.Add(Done);
        Node.Peers.Handler = (_, _, _, _) => Task.FromResult(new PeerAnswer(PeerDelivery.NotSent, default));
        Node.Log.Status = Node.Log.Status with { MembershipFingerprint = 0xFEDC_BA98_7654_3210 };
        var tag = (await Node.Client.GetAsync("/v1/cluster")).Expect(200)["etag"];
        Assert.Equal("\"fedcba9876543210\"", tag);

        (await Node.Client.DeleteAsync($"{Members}/n3", ("If-Match", tag))).Expect(200);
        (await Node.Client.DeleteAsync($"{Members}/n3", ("If-Match", "*"))).Expect(200);
        foreach (var other in (string[])["fedcba9876543210", "\"7\"", "\"0000000000000000\"", $"{tag}, {tag}"])
        {
            (await Node.Client.DeleteAsync($"{Members}/n3", ("If-Match", other)))
                .ExpectProblem(400, "invalid_field");
        }

        Assert.Equal([0xFEDC_BA98_7654_3210, 0UL], Node.Log.Changed.Select(change => change.IfFingerprint));
        Node.Log.Changes.Add(MembershipOutcome.Refused(MembershipRefusal.Changed));
        (await Node.Client.DeleteAsync($"{Members}/n3", ("If-Match", tag)))
            .ExpectProblem(412, "version_mismatch");
    }

    [Fact]
    public async Task Every_refusal_has_its_code()
    {
        (await RefuseAsync(MembershipRefusal.InProgress)).ExpectProblem(409, "membership_change_in_progress");
        (await RefuseAsync(MembershipRefusal.AlreadyMember)).ExpectProblem(409, "already_exists");
        (await RefuseAsync(MembershipRefusal.NotMember)).ExpectProblem(404, "not_found");
        (await RefuseAsync(MembershipRefusal.NotCaughtUp)).ExpectProblem(422, "unsafe_membership_change");
        (await RefuseAsync(MembershipRefusal.Unsafe)).ExpectProblem(422, "unsafe_membership_change");
        (await RefuseAsync(MembershipRefusal.Invalid)).ExpectProblem(422, "limit_reached");
        (await RefuseAsync(MembershipRefusal.NotLeader)).ExpectProblem(503, "no_leader");
        (await RefuseAsync(MembershipRefusal.NotReady)).ExpectProblem(503, "no_leader");
        (await RefuseAsync(MembershipRefusal.Transferring)).ExpectProblem(503, "no_leader");

        Node.Log.Changes[0] = new MembershipOutcome(MembershipResult.ShuttingDown);
        (await Node.Client.PostAsync(Members, Fourth)).ExpectProblem(503, "shutting_down");
    }

    [Theory]
    [InlineData("""{"node_id":"n 4","peer":"127.0.0.1:8304","api":"http://127.0.0.1:8004"}""", "invalid_field")]
    [InlineData("""{"node_id":"n4","peer":"127.0.0.1","api":"http://127.0.0.1:8004"}""", "invalid_field")]
    [InlineData("""{"node_id":"n4","peer":"127.0.0.1:8304","api":"ftp://127.0.0.1:8004"}""", "invalid_field")]
    [InlineData("""{"node_id":"n4","peer":"127.0.0.1:8304"}""", "missing_field")]
    public async Task What_is_no_member_never_reaches_the_log(string body, string code)
    {
        (await Node.Client.PostAsync(Members, body)).ExpectProblem(400, code);
        (await Node.Client.DeleteAsync($"{Members}/n%204")).ExpectProblem(404, "not_found");

        Assert.Empty(Node.Log.Changed);
    }

    [Fact]
    public async Task What_passes_is_tried_again()
    {
        Node.Log.Changes.Add(MembershipOutcome.Refused(MembershipRefusal.NotReady));
        Node.Log.Changes.Add(MembershipOutcome.Refused(MembershipRefusal.Transferring));
        Node.Log.Changes.Add(Done);

        (await Node.Client.PostAsync($"{Members}/n4/promote", "")).Expect(200);

        Assert.Equal(3, Node.Log.Changed.Count);
    }

    [Fact]
    public async Task A_follower_asks_the_leader()
    {
        Node.Follow("n2");
        MembershipChange? asked = null;
        Node.Peers.Handler = (to, kind, body, _) =>
        {
            Assert.Equal((new NodeId("n2"), PeerCallKind.ChangeMembership), (to, kind));
            asked = MembershipCall.Read(body);
            return Answered(Done);
        };

        var promoted = (await Node.Client.PostAsync($"{Members}/n4/promote", "")).Expect(200);

        Assert.Equal(44, promoted.At("index").GetInt64());
        Assert.Equal(new MembershipChange.Promote(new NodeId("n4")), asked);
        Assert.Empty(Node.Log.Changed);
    }

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_unknown_until_a_second_attempt_finds_it_in_force()
    {
        Node.Follow("n2");
        Node.Peers.Handler = (_, _, _, _) => Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default));
        (await Node.Client.DeleteAsync($"{Members}/n3?timeout_ms=50"))
            .ExpectProblem(504, "outcome_unknown", "unknown");

        var attempts = 0;
        Node.Peers.Handler = (_, _, _, _) => ++attempts == 1
            ? Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default))
            : Answered(MembershipOutcome.Refused(MembershipRefusal.NotMember));
        var removed = (await Node.Client.DeleteAsync($"{Members}/n3")).Expect(200);

        Assert.Equal("removed", removed.TextAt("change"));
        Assert.False(removed.Json.TryGetProperty("index", out _));
    }

    [Fact]
    public async Task An_attempt_that_is_never_answered_is_followed_by_another()
    {
        Node.Follow("n2");
        var attempts = 0;
        Node.Peers.Handler = async (_, _, _, cancellation) => ++attempts == 1
            ? await ScriptedLog.NeverAsync<PeerAnswer>(cancellation)
            : await Answered(MembershipOutcome.Refused(MembershipRefusal.NotMember));

        var removed = (await Node.Client.DeleteAsync($"{Members}/n3?timeout_ms=30000")).Expect(200);

        Assert.Equal((2, "removed"), (attempts, removed.TextAt("change")));
    }

    [Fact]
    public async Task Members_that_changed_after_a_lost_attempt_may_have_been_changed_by_it()
    {
        Node.Follow("n2");
        var attempts = 0;
        Node.Peers.Handler = (_, _, _, _) => ++attempts == 1
            ? Task.FromResult(new PeerAnswer(PeerDelivery.Lost, default))
            : Answered(MembershipOutcome.Refused(MembershipRefusal.Changed));

        (await Node.Client.DeleteAsync($"{Members}/n3", ("If-Match", "\"fedcba9876543210\"")))
            .ExpectProblem(504, "outcome_unknown", "unknown");
    }

    [Fact]
    public async Task A_leader_hands_over_before_it_is_removed()
    {
        Node.Log.Changes.Add(Done);
        Node.Log.Transfer = () =>
        {
            Assert.Empty(Node.Log.Changed);
            Node.Follow("n2");
            return true;
        };
        Node.Peers.Handler = (to, _, body, _) =>
        {
            Assert.Equal(new NodeId("n2"), to);
            Assert.Equal(new MembershipChange.Remove(new NodeId("n1")), MembershipCall.Read(body));
            return Answered(Done);
        };

        (await Node.Client.DeleteAsync($"{Members}/n1")).Expect(200);

        Assert.Empty(Node.Log.Changed);
    }

    private static Task<PeerAnswer> Answered(MembershipOutcome outcome) =>
        Task.FromResult(new PeerAnswer(PeerDelivery.Answered, MembershipCall.ToAnswer(outcome)));

    private Task<Answer> RefuseAsync(MembershipRefusal refusal)
    {
        Node.Log.Changes.Clear();
        Node.Log.Changes.Add(MembershipOutcome.Refused(refusal));
        return Node.Client.PostAsync($"{Members}?timeout_ms=50", Fourth);
    }
}
