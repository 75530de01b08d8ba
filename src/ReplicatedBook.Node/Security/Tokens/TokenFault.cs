namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Why a token does not hold.</summary>
internal enum TokenFault
{
    None = 0,

    /// <summary>It is no token of this cluster's, or was changed.</summary>
    Invalid = 1,

    /// <summary>It was one, and its time is over.</summary>
    Expired = 2,

    /// <summary>It has the right form, but no key of this name is known here.</summary>
    UnknownKey = 3,
}
