namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>One whole answer of a server.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Done">How many operations it acknowledges; 0 unless done.</param>
internal readonly record struct WireAnswer(WireOutcome Kind, int Done);

/// <summary>What an answer says of its request.</summary>
internal enum WireOutcome
{
    /// <summary>Carried out.</summary>
    Done,

    /// <summary>Refused as overloaded, and surely not carried out.</summary>
    Overloaded,

    /// <summary>Anything else: what the load did not ask for.</summary>
    Failed,
}
