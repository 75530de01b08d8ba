using ReplicatedBook.Simulation.Histories;
using Xunit;

namespace ReplicatedBook.Simulation.Tests.Histories;

/// <summary>Goal: the checker calls right what is right and wrong what is wrong. Method: small histories whose verdict
/// can be seen by eye.</summary>
public sealed class KnownHistoryTests
{
    [Fact]
    public void A_read_beside_a_write_may_show_either_value()
    {
        Assert.True(Register(Write(1, 0, 10), Read(0, 2, 8)).IsLinearizable);
        Assert.True(Register(Write(1, 0, 10), Read(1, 2, 8)).IsLinearizable);
    }

    [Fact]
    public void A_read_after_a_write_shows_it()
    {
        Assert.True(Register(Write(1, 0, 1), Read(1, 2, 3)).IsLinearizable);
        Assert.Equal(Verdict.NotLinearizable, Register(Write(1, 0, 1), Read(0, 2, 3)).Verdict);
    }

    [Fact]
    public void Operations_that_touch_are_concurrent() =>
        Assert.True(Register(Write(1, 0, 5), Read(0, 5, 6)).IsLinearizable);

    [Fact]
    public void Two_reads_do_not_go_back_and_forth()
    {
        Assert.True(Register(Write(1, 0, 10), Read(0, 1, 2), Read(1, 3, 4)).IsLinearizable);
        Assert.False(Register(Write(1, 0, 10), Read(1, 1, 2), Read(0, 3, 4)).IsLinearizable);
    }

    [Fact]
    public void Two_readers_do_not_see_two_writes_in_different_orders() => Assert.False(Register(
        Write(1, 0, 20), Write(2, 0, 20), Read(1, 1, 2), Read(2, 3, 4), Read(2, 1, 2), Read(1, 3, 4)).IsLinearizable);

    [Fact]
    public void A_write_without_an_answer_may_take_effect_late_or_never()
    {
        Assert.True(Register(Lost(1, 0), Read(0, 1, 2), Read(0, 3, 4)).IsLinearizable);
        Assert.True(Register(Lost(1, 0), Read(0, 1, 2), Read(1, 3, 4)).IsLinearizable);
        Assert.False(Register(Lost(1, 0), Read(1, 1, 2), Read(0, 3, 4)).IsLinearizable);
        Assert.False(Register(Lost(1, 5), Read(1, 1, 2)).IsLinearizable);
    }

    [Fact]
    public void A_write_that_was_not_executed_is_never_seen()
    {
        var refused = new Operation<RegisterAction>(0, 0, 1, Ending.NotExecuted, new(true, 1));
        Assert.True(Register(refused, Read(0, 2, 3)).IsLinearizable);
        Assert.False(Register(refused, Read(1, 2, 3)).IsLinearizable);
    }

    [Fact]
    public void A_deposit_counts_once_and_a_withdrawal_beyond_the_balance_is_refused()
    {
        Assert.True(Counter(Deposit(5, 5, 0, 1), Withdraw(7, true, 2, 3), Balance(5, 4, 5)).IsLinearizable);
        Assert.False(Counter(Deposit(5, 5, 0, 1), Withdraw(7, false, 2, 3)).IsLinearizable);
        Assert.False(Counter(Deposit(5, 5, 0, 1), Withdraw(3, true, 2, 3)).IsLinearizable);
        Assert.False(Counter(Deposit(5, 5, 0, 1), Balance(10, 2, 3)).IsLinearizable);
        Assert.False(Counter(Deposit(5, null, 0, 9), Deposit(6, 6, 0, 1), Balance(5, 2, 3)).IsLinearizable);
    }

    [Fact]
    public void An_order_is_placed_once_and_canceled_once()
    {
        Assert.True(Order(Place(1, OrderAnswer.Done, 0, 1), Place(2, OrderAnswer.OtherContent, 2, 3)).IsLinearizable);
        Assert.True(Order(Place(1, OrderAnswer.Done, 0, 1), Place(1, OrderAnswer.Existing, 2, 3)).IsLinearizable);
        Assert.False(Order(Place(1, OrderAnswer.Done, 0, 9), Place(2, OrderAnswer.Done, 0, 9)).IsLinearizable);
        Assert.True(Order(
            Place(1, OrderAnswer.Done, 0, 1), Cancel(OrderAnswer.Done, 2, 9), Cancel(OrderAnswer.NotOpen, 2, 9))
            .IsLinearizable);
        Assert.False(Order(
            Place(1, OrderAnswer.Done, 0, 1), Cancel(OrderAnswer.Done, 2, 9), Cancel(OrderAnswer.Done, 2, 9))
            .IsLinearizable);
        Assert.False(Order(Place(1, OrderAnswer.Done, 0, 1), Cancel(OrderAnswer.NotFound, 2, 3)).IsLinearizable);
    }

    [Fact]
    public void A_search_that_is_not_allowed_enough_steps_is_undecided()
    {
        var history = new HistoryMaker(1).Register(clients: 5, count: 100);
        var finding = Linearizability.Check<RegisterModel, long, RegisterAction>(default, history, maxSteps: 50);
        Assert.Equal(Verdict.Undecided, finding.Verdict);
    }

    [Fact]
    public void An_operation_that_ends_before_it_begins_is_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => Register(Write(1, 2, 1)));

    [Fact]
    public void Objects_are_judged_one_by_one()
    {
        var findings = Linearizability.CheckEach<RegisterModel, long, RegisterAction>(
            default, [("b", Write(1, 0, 1)), ("a", Read(1, 2, 3)), ("b", Read(1, 2, 3))]);
        Assert.Equal([("a", false), ("b", true)], findings.Select(item => (item.Object, item.Finding.IsLinearizable)));
        Assert.Contains("client 0", findings[0].Finding.Explanation);
    }

    private static Finding Register(params Operation<RegisterAction>[] history) =>
        Linearizability.Check<RegisterModel, long, RegisterAction>(default, history);

    private static Finding Counter(params Operation<CounterAction>[] history) =>
        Linearizability.Check<CounterModel, long, CounterAction>(default, history);

    private static Finding Order(params Operation<RestingOrderAction>[] history) =>
        Linearizability.Check<RestingOrderModel, RestingOrder, RestingOrderAction>(default, history);

    private static Operation<RegisterAction> Write(long value, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(true, value));

    private static Operation<RegisterAction> Read(long value, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(false, value));

    private static Operation<RegisterAction> Lost(long value, long begun) =>
        new(0, begun, begun, Ending.Unknown, new(true, value));

    private static Operation<CounterAction> Deposit(long amount, long? balance, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(CounterVerb.Deposit, amount, false, balance));

    private static Operation<CounterAction> Withdraw(long amount, bool isRefused, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(CounterVerb.Withdraw, amount, isRefused, null));

    private static Operation<CounterAction> Balance(long balance, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(CounterVerb.Read, 0, false, balance));

    private static Operation<RestingOrderAction> Place(long content, OrderAnswer answer, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(OrderVerb.Place, content, answer, null));

    private static Operation<RestingOrderAction> Cancel(OrderAnswer answer, long begun, long ended) =>
        new(0, begun, ended, Ending.Answered, new(OrderVerb.Cancel, 0, answer, null));
}
