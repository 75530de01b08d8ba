namespace ReplicatedBook.Matching.Accounts;

/// <summary>What an account has of one asset, in the asset's units; neither part is ever negative.</summary>
internal struct Balance
{
    /// <summary>Free to use.</summary>
    public long Available;

    /// <summary>Held for open orders.</summary>
    public long Reserved;

    /// <summary>The asset.</summary>
    public int Asset;

    /// <summary>Slot of the account's balance with the next larger asset id; -1 at the end.</summary>
    public int Next;
}
