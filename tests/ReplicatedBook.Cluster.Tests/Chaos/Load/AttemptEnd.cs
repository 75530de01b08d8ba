namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>What one attempt came to.</summary>
internal enum AttemptEnd
{
    /// <summary>Never set: guards against a default value.</summary>
    None = 0,

    /// <summary>There is an answer: done or refused.</summary>
    Answered = 1,

    /// <summary>It surely had no effect.</summary>
    NotExecuted = 2,

    /// <summary>It may have had an effect, or may have one yet.</summary>
    Unknown = 3,
}
