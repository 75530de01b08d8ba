namespace ReplicatedBook.Simulation.Histories;

/// <summary>What a check of one object's history found.</summary>
internal enum Verdict
{
    /// <summary>Never set: guards against a default value taken for a verdict.</summary>
    None = 0,

    /// <summary>There is an order of all operations that explains all answers.</summary>
    Linearizable = 1,

    /// <summary>There is none.</summary>
    NotLinearizable = 2,

    /// <summary>The steps allowed were used up. Counts as a failure: nothing was shown.</summary>
    Undecided = 3,
}
