namespace ReplicatedBook.Client.Sending;

/// <summary>What one attempt tells of the request.</summary>
internal enum AttemptKind
{
    /// <summary>Answered with success.</summary>
    Answered = 1,

    /// <summary>Answered with a refusal that another attempt would meet again.</summary>
    Refused = 2,

    /// <summary>This attempt surely had no effect.</summary>
    NotExecuted = 3,

    /// <summary>This attempt may have had an effect.</summary>
    Unknown = 4,
}
