using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>Of one account what orders look at; the rest is in its <see cref="AccountDetails"/>, so that many accounts
/// stay in the cache.</summary>
internal struct Account
{
    /// <summary>Its owner.</summary>
    public long User;

    /// <summary>The instrument of its last order; 0 before the first.</summary>
    public int LastInstrument;

    /// <summary>Slots of its balances of that instrument's quote asset and base asset.</summary>
    public BalanceSlots LastBalances;

    /// <summary>Its open orders in order of id.</summary>
    public OrderChain Open;

    /// <summary>Its kept closed orders in order of closing.</summary>
    public OrderChain Closed;

    /// <summary>Whether its owner, who is not the local user, has others.</summary>
    public bool IsOneOfSeveral;
}
