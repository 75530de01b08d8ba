using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>One account.</summary>
internal struct Account
{
    /// <summary>Its owner.</summary>
    public long User;

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

    /// <summary>The instrument of its last order; 0 before the first.</summary>
    public int LastInstrument;

    /// <summary>Slots of its balances of that instrument's quote asset and base asset.</summary>
    public BalanceSlots LastBalances;

    /// <summary>Whether its owner, who is not the local user, has others.</summary>
    public bool IsOneOfSeveral;

    /// <summary>Its open orders in order of id.</summary>
    public OrderChain Open;

    /// <summary>Its kept closed orders in order of closing.</summary>
    public OrderChain Closed;
}
