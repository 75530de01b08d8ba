using ReplicatedBook.Node.Tests.Gateway;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Unavailable;

/// <summary>Goal: a node that cannot prove its state says so. Method: real HTTP, a log and a state as the test
/// says.</summary>
public sealed class ReadRefusalTests : ScriptedNodeTests
{
    [Fact]
    public async Task A_strong_read_without_a_leader_is_refused_and_a_weak_one_is_not()
    {
        Node.Follow(null);
        Node.Log.Barrier = _ => Task.FromResult<long?>(null);

        ExpectRefused(await Node.Client.GetAsync(Accounts), "no_leader");
        (await Node.Client.GetAsync($"{Accounts}?consistency=weak")).Expect(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_strong_read_without_a_majority_is_refused(bool isAnswered)
    {
        Node.Log.Barrier = isAnswered ? _ => Task.FromResult<long?>(null) : ScriptedLog.NeverAsync<long?>;

        ExpectRefused(await Node.Client.GetAsync($"{Accounts}?timeout_ms=40"), "no_quorum");
    }

    [Theory]
    [InlineData("consistency=weak&min_index=41")]
    [InlineData("min_index=41")]
    [InlineData("at_index=41")]
    public async Task An_index_that_is_not_applied_in_time_is_not_reached(string query)
    {
        var answer = await Node.Client.GetAsync($"{Accounts}?timeout_ms=40&{query}");

        ExpectRefused(answer, "index_not_reached", query.Contains("weak") ? "weak" : "strong");
        Assert.Contains("41", answer.TextAt("detail"));
    }

    [Fact]
    public async Task A_node_that_is_not_where_it_was_serves_no_weak_read()
    {
        Node.Log.Status = Node.Log.Status with { IsCaughtUp = false };

        ExpectRefused(await Node.Client.GetAsync($"{Accounts}?consistency=weak"), "index_not_reached", "weak");
    }

    [Fact]
    public async Task A_word_of_a_leader_older_than_asked_for_is_too_stale()
    {
        Node.Follow("n2");
        Node.Reader.LeaderSilence = TimeSpan.FromMilliseconds(500);

        var answer = await Node.Client.GetAsync($"{Accounts}?consistency=weak&max_lag_ms=499");

        ExpectRefused(answer, "too_stale", "weak");
        Assert.Equal("500", answer["rb-lag-ms"]);
        (await Node.Client.GetAsync($"{Accounts}?consistency=weak&max_lag_ms=500")).Expect(200);
    }

    [Fact]
    public async Task A_stopped_replica_is_shutting_down()
    {
        Node.Reader.IsStopped = true;

        ExpectRefused(await Node.Client.GetAsync(Accounts), "shutting_down");
    }

    [Fact]
    public async Task A_replica_that_does_not_get_to_a_query_is_overloaded()
    {
        Node.Reader.Hangs = true;

        ExpectRefused(await Node.Client.GetAsync($"{Accounts}?consistency=weak&timeout_ms=40"), "overloaded", "weak");
    }

    private void ExpectRefused(Answer answer, string code, string consistency = "strong")
    {
        ExpectRefusal(answer, 503, code, "not_executed", isRetryable: true);
        Assert.Equal(consistency, answer["rb-consistency"]);
    }
}
