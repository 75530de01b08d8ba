using ReplicatedBook.Cluster.Tests.Chaos.Judging;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Simulation.Histories;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Goal: the judges can fail. Method: one thing at a time is made wrong in a history that is right.</summary>
public sealed class JudgeTests
{
    private readonly RightHistory _history = new();

    [Fact]
    public void A_right_history_breaks_no_promise() => Assert.Empty(_history.Judge());

    [Fact]
    public void An_acknowledged_write_that_the_log_lacks_is_found()
    {
        _history.Feed.RemoveAt(1);
        Assert.Contains("lost_ack", _history.Judge());
    }

    [Fact]
    public void An_acknowledged_write_at_another_index_than_was_told_is_found()
    {
        _history.Placed.Reply = _history.Placed.Reply! with { EffectIndex = 12 };
        Assert.Contains("lost_ack", _history.Judge());
    }

    [Fact]
    public void A_stale_strong_read_is_found()
    {
        _history.Read.Reply = _history.Read.Reply! with { Index = 11, Digest = "d11", Balance = 50 };
        var names = _history.Judge();
        Assert.Contains("linearizable", names);
        Assert.Contains("real_time_index", names);
    }

    [Fact]
    public void A_read_that_does_not_show_the_state_at_its_index_is_found()
    {
        _history.Weak.Reply = _history.Weak.Reply! with { Balance = 30 };
        Assert.Contains("value_at_position", _history.Judge());
    }

    [Fact]
    public void An_account_may_be_unknown_before_it_was_opened_and_not_after()
    {
        var unknown = _history.Weak.Reply! with { Balance = null, Code = "not_found" };
        _history.Weak.Reply = unknown with { Index = 8, Digest = "d8" };
        Assert.DoesNotContain("value_at_position", _history.Judge());
        _history.Weak.Reply = unknown with { Index = 10, Digest = "d10" };
        Assert.Contains("value_at_position", _history.Judge());
    }

    [Fact]
    public void A_node_whose_weak_reads_go_back_is_found()
    {
        _history.LaterWeak.Reply = _history.LaterWeak.Reply! with { Index = 10, Digest = "d10", Balance = 0 };
        Assert.Contains("weak_monotonic", _history.Judge());
    }

    [Fact]
    public void A_doubled_effect_is_found()
    {
        _history.Tell(
            13, "balance_changed", ("account_id", RightHistory.Counter), ("change", "0.50"), ("total", "0.80"));
        Assert.Contains("at_most_once", _history.Judge());
    }

    [Fact]
    public void An_order_id_that_was_accepted_twice_is_found()
    {
        _history.Tell(
            16, "order_accepted", ("account_id", RightHistory.Fought), ("order_id", "2"), ("client_order_id", "r1"),
            ("instrument", Stage.CalmMarket), ("side", "buy"), ("price", "1.00"), ("quantity", "1"));
        Assert.Contains("at_most_once", _history.Judge());
    }

    [Fact]
    public void An_effect_of_a_write_that_was_called_not_executed_is_found()
    {
        _history.Tell(
            16, "balance_changed", ("account_id", RightHistory.Counter), ("change", "0.70"), ("total", "1.00"));
        Assert.Contains("refused_no_effect", _history.Judge());
    }

    [Fact]
    public void A_repetition_with_another_answer_is_found()
    {
        _history.Deposit.Repeats[0] = _history.Deposit.Repeats[0] with { Text = "70" };
        Assert.Contains("replay_answers", _history.Judge());
    }

    [Fact]
    public void Nodes_with_different_digests_of_one_index_are_found()
    {
        _history.Read.Reply = _history.Read.Reply! with { Digest = "other" };
        Assert.Contains("digests", _history.Judge());
    }

    [Fact]
    public void A_refusal_that_there_is_no_reason_for_is_found()
    {
        _history.Withdraw.Reply = _history.Withdraw.Reply! with { Code = "internal", Balance = null };
        Assert.Contains("expected_refusals", _history.Judge());
    }

    [Fact]
    public void An_order_that_is_canceled_before_it_is_placed_is_found()
    {
        _history.Canceled.Reply = _history.Canceled.Reply! with { Answer = OrderAnswer.NotFound, Shown = null };
        Assert.Contains("linearizable", _history.Judge());
    }

    [Fact]
    public void Nodes_in_different_states_are_found()
    {
        var parts = new Dictionary<string, string>
        {
            ["balances"] = """
                [{"account_id":"a7","items":[
                {"asset":"USD","total":"0.30","available":"0.30","reserved":"0.00"}]}]
                """,
        };
        var state = new ClusterState("n1", 14, "d", "h", parts);
        var supply = new Dictionary<string, long> { ["USD"] = 30 };
        Assert.Empty(NamesOf([state, state with { Node = "n2" }], supply));
        Assert.Contains("replica_hashes", NamesOf([state, state with { StateHash = "other" }], supply));
        Assert.Contains("replica_hashes", NamesOf([state, state with { Digest = "other" }], supply));
        Assert.Contains("replica_state", NamesOf(
            [state, state with { Parts = new Dictionary<string, string> { ["balances"] = "[]" } }], supply));
        supply["USD"] = 31;
        Assert.Contains("conservation", NamesOf([state], supply));
    }

    [Fact]
    public void A_trade_out_of_price_time_priority_is_found()
    {
        MarketFact[] facts =
        [
            new(1, MarketEvent.Accepted, "1", "", "sell", 10, 100),
            new(2, MarketEvent.Accepted, "2", "", "sell", 10, 100),
            new(3, MarketEvent.Accepted, "3", "", "buy", 11, 100), new(3, MarketEvent.Traded, "3", "1", "buy", 10, 100),
        ];
        var violations = new Violations();
        Assert.Equal(1, new BookReplay().Judge(facts, violations));
        Assert.Empty(violations.Names);

        facts[3] = facts[3] with { Maker = "2" };
        new BookReplay().Judge(facts, violations);
        Assert.Contains("model_replay", violations.Names);
    }

    private static IReadOnlyList<string> NamesOf(ClusterState[] states, Dictionary<string, long> supply)
    {
        var violations = new Violations();
        StateJudge.Compare(states, supply, violations);
        return violations.Names;
    }
}
