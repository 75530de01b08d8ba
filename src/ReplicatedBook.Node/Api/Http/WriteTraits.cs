namespace ReplicatedBook.Node.Api.Http;

/// <summary>What matters of a command when its submission goes wrong.</summary>
[Flags]
internal enum WriteTraits
{
    None = 0,

    /// <summary>Sending it twice does no more than once even without a key.</summary>
    IsRepeatable = 1,

    /// <summary>It places orders, so a limit that is reached is the one on open orders.</summary>
    PlacesOrders = 2,

    /// <summary>It follows from a credential that was given: why that does not suffice is not told.</summary>
    ProvesIdentity = 4,
}
