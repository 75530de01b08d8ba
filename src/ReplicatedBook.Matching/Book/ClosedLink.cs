namespace ReplicatedBook.Matching.Book;

/// <summary>What closing and forgetting look at of a closed order. Apart from the order itself, which is written once
/// and then hardly ever read: what closed lately stays in the cache.</summary>
internal struct ClosedLink
{
    /// <summary>Its id; 0 in a free slot.</summary>
    public long Id;

    /// <summary>Its owner.</summary>
    public int Account;

    /// <summary>Closed after it; of a free slot the next free one; -1 for none.</summary>
    public int Next;

    /// <summary>Closed before it; of the oldest not kept up.</summary>
    public int Previous;

    /// <summary>The account's order that closed after it; -1 for none.</summary>
    public int NextOfAccount;

    /// <summary>Whether it has a <see cref="ClientReference"/>.</summary>
    public bool HasReference;
}
