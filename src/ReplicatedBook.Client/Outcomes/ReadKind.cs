namespace ReplicatedBook.Client.Outcomes;

/// <summary>What came of a read.</summary>
public enum ReadKind
{
    /// <summary>Never set: guards against a default value taken for an answer.</summary>
    None = 0,

    /// <summary>There is an answer.</summary>
    Answered = 1,

    /// <summary>A node refused it and every other would: no such object, bad query.</summary>
    Refused = 2,

    /// <summary>No node could serve it in time.</summary>
    Unavailable = 3,
}
