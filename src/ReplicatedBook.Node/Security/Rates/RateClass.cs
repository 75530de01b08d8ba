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

    /// <summary>What administrators and operators do, and users to their own sign-in.</summary>
    Admin,
}
