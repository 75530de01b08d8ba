using System.Diagnostics;
using ReplicatedBook.Simulation.Histories;
using Xunit;

namespace ReplicatedBook.Simulation.Tests.Histories;

/// <summary>Goal: every right history passes and every spoilt one is found out, in few steps. Method: histories that
/// are right by construction, and the same with one stale read, one lost or one doubled effect.</summary>
public sealed class DrawnHistoryTests(ITestOutputHelper output)
{
    private const int Seeds = 40;

    public static TheoryData<ulong> SomeSeeds => [.. Enumerable.Range(1, Seeds).Select(seed => (ulong)seed)];

    [Fact]
    public void Twenty_thousand_operations_of_ten_clients_are_decided_in_a_few_steps_each()
    {
        var register = new HistoryMaker(7).Register(clients: 10, count: 20_000);
        var counter = new HistoryMaker(7).Counter(clients: 10, count: 20_000, unanswered: 0, telling: true);
        var order = new HistoryMaker(7).Order(clients: 10, count: 20_000, unanswered: 0);

        Few("register", register.Count, () => Check(register));
        Few("counter", counter.Count, () => Check(counter));
        Few("order", order.Count, () => Check(order));
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void Histories_of_an_honest_object_are_linearizable(ulong seed)
    {
        Honest(Check(new HistoryMaker(seed).Register(clients: 6, count: 400, unanswered: 0.02)));
        Honest(Check(new HistoryMaker(seed).Counter(clients: 6, count: 400, unanswered: 0.02, telling: false)));
        Honest(Check(new HistoryMaker(seed).Counter(clients: 6, count: 400, unanswered: 0.05, telling: true)));
        Honest(Check(new HistoryMaker(seed).Order(clients: 6, count: 400, unanswered: 0.05)));
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void A_stale_read_is_found(ulong seed)
    {
        // The last read tells what was true before some write that all agree was over long before it began.
        var history = new HistoryMaker(seed).Register(clients: 6, count: 400, unanswered: 0.02);
        var at = history.FindLastIndex(one => one.Ending == Ending.Answered && !one.Action.IsWrite);
        var stale = history.First(one => one.Ending == Ending.Answered && !one.Action.IsWrite && one.Action.Value > 0);
        history[at] = history[at] with { Action = stale.Action };
        Spoilt(Check(history));
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void A_lost_effect_is_found(ulong seed)
    {
        // A deposit is acknowledged, but every balance that is told afterwards is without it.
        var history = new HistoryMaker(seed).Counter(clients: 6, count: 400, unanswered: 0.01, telling: true);
        Spoilt(Check(Shifted(history, times: -1)));
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void A_doubled_effect_is_found(ulong seed)
    {
        var history = new HistoryMaker(seed).Counter(clients: 6, count: 400, unanswered: 0.01, telling: true);
        Spoilt(Check(Shifted(history, times: 1)));
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void An_order_that_is_placed_or_canceled_twice_is_found(ulong seed)
    {
        var history = new HistoryMaker(seed).Order(clients: 6, count: 60, unanswered: 0.02);
        foreach (var verb in new[] { OrderVerb.Place, OrderVerb.Cancel })
        {
            var done = history.FindLast(one => one.Ending == Ending.Answered && one.Action.Verb == verb);
            var again = done with { Action = done.Action with { Answer = OrderAnswer.Done } };
            Spoilt(Check([.. history, again, again]));
        }
    }

    /// <summary>The history as it would be had one deposit in its middle counted once more or not at all.</summary>
    private static List<Operation<CounterAction>> Shifted(List<Operation<CounterAction>> history, int times)
    {
        var at = history.FindIndex(
            history.Count / 2, one => one.Ending == Ending.Answered && one.Action.Verb == CounterVerb.Deposit);
        var shift = times * history[at].Action.Amount;
        return [.. history.Select((one, i) => i > at && one.Action.Balance is { } told
            ? one with { Action = one.Action with { Balance = told + shift } }
            : one)];
    }

    private void Few(string what, int operations, Func<Finding> check)
    {
        var clock = Stopwatch.StartNew();
        var finding = check();
        output.WriteLine($"{what}: {operations} operations, {finding.Steps} steps, {clock.ElapsedMilliseconds} ms");
        Honest(finding);
        Assert.InRange(finding.Steps, 1, 200L * operations);
    }

    private static void Honest(Finding finding) => Assert.True(finding.IsLinearizable, finding.Explanation);

    private static void Spoilt(Finding finding)
    {
        Assert.Equal(Verdict.NotLinearizable, finding.Verdict);
        Assert.NotEmpty(finding.Explanation);
    }

    private static Finding Check(List<Operation<RegisterAction>> history) =>
        Linearizability.Check<RegisterModel, long, RegisterAction>(default, history);

    private static Finding Check(List<Operation<CounterAction>> history) =>
        Linearizability.Check<CounterModel, long, CounterAction>(default, history);

    private static Finding Check(List<Operation<RestingOrderAction>> history) =>
        Linearizability.Check<RestingOrderModel, RestingOrder, RestingOrderAction>(default, history);
}
