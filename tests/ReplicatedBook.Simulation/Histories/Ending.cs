namespace ReplicatedBook.Simulation.Histories;

/// <summary>What a client knows of its operation in the end.</summary>
internal enum Ending
{
    /// <summary>Never set: guards against a default value taken for an answer.</summary>
    None = 0,

    /// <summary>It was answered, and took effect (or was refused by the object) between its begin and its
    /// end.</summary>
    Answered = 1,

    /// <summary>It surely has no effect, now or later.</summary>
    NotExecuted = 2,

    /// <summary>It may take effect at any time after its begin, or never.</summary>
    Unknown = 3,
}
