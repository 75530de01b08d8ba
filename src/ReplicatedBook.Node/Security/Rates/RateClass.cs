namespace ReplicatedBook.Node.Security.Rates;

/// <summary>Requests that are counted together (API.md 10).</summary>
internal enum RateClass
{
    /// <summary>Not limited.</summary>
    None,

    /// <summary>Reads, and requests that are refused for want of a credential.</summary>
    Reads,

    /// <summary>What traders do.</summary>
    Orders,

    /// <summary>What administrators and operators do.</summary>
    Admin,

    /// <summary>What users do to their own sign-in, and that they sign in. Each of these leaves a record in the audit,
    /// which keeps the newest, so that nobody may do it often enough to push out those of others.</summary>
    Credentials,
}
