using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>Writes and strong reads of each object are linearizable; knows nothing of log indexes.</summary>
internal static class LinearizabilityJudge
{
    private const int MostShown = 60;

    /// <summary>Judges all objects; adds what is wrong.</summary>
    /// <returns>How many objects and how many operations were judged.</returns>
    public static (int Objects, int Operations) Judge(
        IReadOnlyList<ClientOperation> operations, Violations violations)
    {
        var counters = Linearizability.CheckEach<CounterModel, long, CounterAction>(
            default, Translate(operations, ToCounter));
        var orders = Linearizability.CheckEach<RestingOrderModel, RestingOrder, RestingOrderAction>(
            default, Translate(operations, ToOrder));
        IReadOnlyList<ObjectFinding> findings = [.. counters, .. orders];
        foreach (var (name, count, finding) in findings)
        {
            violations.Require(
                finding.IsLinearizable, "linearizable",
                () => $"{name}, {count} operations: {finding.Verdict}: {finding.Explanation}\n    "
                    + string.Join("\n    ", operations.Where(one => one.Request.Object == name)
                        .OrderBy(one => one.Begun).Select(one => $"{one.Begun} to {one.Ended}: {one}")
                        .TakeLast(MostShown)));
        }

        return (findings.Count, findings.Sum(finding => finding.Operations));
    }

    private static IEnumerable<(string Object, Operation<TAction> Operation)> Translate<TAction>(
        IReadOnlyList<ClientOperation> operations, Func<ClientOperation, TAction?> toAction)
        where TAction : struct
    {
        foreach (var operation in operations)
        {
            var isWeak = operation.Request is { IsRead: true, IsStrong: false };
            if (!isWeak && toAction(operation) is { } action)
            {
                yield return (
                    operation.Request.Object,
                    new(operation.Client, operation.Begun, operation.Ended, operation.Ending, action));
            }
        }
    }

    private static CounterAction? ToCounter(ClientOperation operation)
    {
        CounterVerb? verb = operation.Request.Ask switch
        {
            Ask.Deposit => CounterVerb.Deposit,
            Ask.Withdraw => CounterVerb.Withdraw,
            Ask.ReadBalance => CounterVerb.Read,
            _ => null,
        };
        return verb is { } known
            ? new(known, operation.Request.Amount, operation.Reply?.Code.Length > 0, operation.Reply?.Balance)
            : null;
    }

    private static RestingOrderAction? ToOrder(ClientOperation operation)
    {
        OrderVerb? verb = operation.Request.Ask switch
        {
            Ask.PlaceResting => OrderVerb.Place,
            Ask.CancelResting => OrderVerb.Cancel,
            Ask.ReadResting => OrderVerb.Read,
            _ => null,
        };
        return verb is { } known
            ? new(known, operation.Request.Amount, operation.Reply?.Answer ?? OrderAnswer.None, operation.Reply?.Shown)
            : null;
    }
}
