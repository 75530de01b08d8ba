namespace ReplicatedBook.Simulation.Invariants;

/// <summary>The cluster did what it must never do.</summary>
/// <param name="invariant">Name of the promise, one word with hyphens.</param>
/// <param name="what">What was seen.</param>
internal sealed class InvariantBrokenException(string invariant, string what) : Exception($"{invariant}: {what}")
{
    /// <summary>Name of the promise.</summary>
    public string Invariant { get; } = invariant;

    /// <summary>Throws unless a promise was kept.</summary>
    public static void Require(bool isKept, string invariant, Func<string> what)
    {
        if (!isKept)
        {
            throw new InvariantBrokenException(invariant, what());
        }
    }
}
