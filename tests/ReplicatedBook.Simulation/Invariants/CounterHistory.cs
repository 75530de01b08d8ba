using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Simulation.Clients;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>What clients did to the balances of an asset that nobody trades, and what they were told; whether one order
/// explains it.</summary>
internal sealed class CounterHistory(World world)
{
    private readonly List<(string Object, Operation<CounterAction> Operation, RequestGroup? Open)> _operations = [];

    /// <summary>A deposit or withdrawal is over for its client.</summary>
    /// <param name="client">Who asked.</param>
    /// <param name="begun">When it was first sent.</param>
    /// <param name="account">The account.</param>
    /// <param name="action">What was asked.</param>
    /// <param name="reason">The answer; null when the client gave up.</param>
    /// <param name="group">Tells in the end whether any attempt was executed, where the answer does not: one that came
    /// too late may follow one that was executed, and whose key is forgotten.</param>
    public void Ended(
        int client, long begun, long account, CounterAction action, RejectReason? reason, RequestGroup group)
    {
        var ending = reason switch
        {
            RejectReason.None or RejectReason.InsufficientFunds => Ending.Answered,
            null or RejectReason.RequestTableFull or RejectReason.DeadlineExceeded => Ending.Unknown,
            _ => Ending.NotExecuted,
        };
        Add(client, begun, account, ending, action with { IsRefused = reason == RejectReason.InsufficientFunds },
            ending == Ending.Unknown ? group : null);
    }

    /// <summary>A strong read has told a balance.</summary>
    public void Read(int client, long begun, long account, long balance) =>
        Add(client, begun, account, Ending.Answered, new CounterAction(CounterVerb.Read, 0, false, balance));

    /// <summary>One order of all operations on an account, each between its begin and its end, explains all
    /// answers.</summary>
    public void RequireLinearizable()
    {
        var operations = _operations.Select(one => (one.Object, one.Open is { ExecutedAt: 0 }
            ? one.Operation with { Ending = Ending.NotExecuted }
            : one.Operation)).ToList();
        foreach (var found in Linearizability.CheckEach<CounterModel, long, CounterAction>(default, operations))
        {
            world.Counters.Count(Sometimes.HistoriesChecked);
            InvariantBrokenException.Require(found.Finding.IsLinearizable, "histories-are-linearizable",
                () => $"account {found.Object}, {found.Operations} operations, {found.Finding.Verdict}: "
                    + found.Finding.Explanation);
        }
    }

    private void Add(
        int client, long begun, long account, Ending ending, CounterAction action, RequestGroup? open = null) =>
        _operations.Add((account.ToString(System.Globalization.CultureInfo.InvariantCulture),
            new Operation<CounterAction>(client, begun, world.Scheduler.Now, ending, action), open));
}
