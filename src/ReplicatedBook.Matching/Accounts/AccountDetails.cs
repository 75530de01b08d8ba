namespace ReplicatedBook.Matching.Accounts;

/// <summary>Of one account what orders do not look at.</summary>
internal struct AccountDetails
{
    /// <summary>For people; may be empty.</summary>
    public string Label;

    /// <summary>Log index that opened it.</summary>
    public long CreatedIndex;

    /// <summary>When.</summary>
    public long CreatedAt;

    /// <summary>When its dead man's switch fires, in microseconds; 0 when it is off.</summary>
    public long CancelAt;

    /// <summary>The account that its owner opened before it; 0 for the first.</summary>
    public int PreviousOfUser;

    /// <summary>Slot of its balance with the smallest asset id; -1 when it has none.</summary>
    public int FirstBalance;
}
