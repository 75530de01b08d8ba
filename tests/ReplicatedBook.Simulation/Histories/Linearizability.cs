namespace ReplicatedBook.Simulation.Histories;

/// <summary>Says whether a history of one object is linearizable: whether each operation can be given one moment
/// between its begin and its end at which it takes effect, so that all answers are right.</summary>
/// <remarks>Herlihy and Wing 1990: objects may be checked one by one.</remarks>
internal static class Linearizability
{
    /// <summary>Enough for every history that a cluster makes; a search that needs more is undecided.</summary>
    public const long DefaultSteps = 20_000_000;

    /// <summary>Checks one object.</summary>
    /// <param name="model">What the object does.</param>
    /// <param name="history">Its operations, in any order.</param>
    /// <param name="maxSteps">How often the model may be asked.</param>
    /// <exception cref="ArgumentException">An operation ends before it begins, or has no ending.</exception>
    public static Finding Check<TModel, TState, TAction>(
        TModel model, IReadOnlyList<Operation<TAction>> history, long maxSteps = DefaultSteps)
        where TModel : struct, IModel<TState, TAction>
        where TState : struct, IEquatable<TState>
    {
        foreach (var operation in history)
        {
            var isOrdered = operation.Ending != Ending.Answered || operation.Ended >= operation.Begun;
            if (!isOrdered || operation.Ending == Ending.None)
            {
                throw new ArgumentException($"no possible operation: {operation}", nameof(history));
            }
        }

        var timeline = Timeline<TAction>.Of(history);
        return new LinearizationSearch<TModel, TState, TAction>(model, timeline, maxSteps).Run();
    }

    /// <summary>Checks many objects of one kind, each on its own.</summary>
    /// <param name="model">What each object does.</param>
    /// <param name="history">Operations with the names of their objects, in any order.</param>
    /// <param name="maxSteps">How often the model may be asked per object.</param>
    /// <returns>One finding per object, by name.</returns>
    public static IReadOnlyList<ObjectFinding> CheckEach<TModel, TState, TAction>(
        TModel model, IEnumerable<(string Object, Operation<TAction> Operation)> history,
        long maxSteps = DefaultSteps)
        where TModel : struct, IModel<TState, TAction>
        where TState : struct, IEquatable<TState>
    {
        var findings = new List<ObjectFinding>();
        foreach (var group in history.GroupBy(item => item.Object).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var operations = group.Select(item => item.Operation).ToArray();
            findings.Add(new ObjectFinding(
                group.Key, operations.Length, Check<TModel, TState, TAction>(model, operations, maxSteps)));
        }

        return findings;
    }
}
