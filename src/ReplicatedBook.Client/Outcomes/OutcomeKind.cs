namespace ReplicatedBook.Client.Outcomes;

/// <summary>What is known of a write after all attempts.</summary>
public enum OutcomeKind
{
    /// <summary>Never set: guards against a default value taken for an answer.</summary>
    None = 0,

    /// <summary>It is in the log of a majority and applied; it cannot be lost.</summary>
    Committed = 1,

    /// <summary>It was refused for good: the same request would be refused again.</summary>
    Rejected = 2,

    /// <summary>It surely never entered the log.</summary>
    NotExecuted = 3,

    /// <summary>It may have been executed, or may be yet. Ask again with the same key; never take it for a
    /// failure.</summary>
    Unknown = 4,
}
