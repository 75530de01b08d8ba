using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Sessions;

/// <summary>A session of orders, open or ended. It is forgotten once it has ended and none of its orders is
/// open.</summary>
internal struct OrderSession
{
    /// <summary>Its number.</summary>
    public long Number;

    /// <summary>Whose; 0 for the local user.</summary>
    public long User;

    /// <summary>How long its orders outlive it, in microseconds.</summary>
    public long Grace;

    /// <summary>From when on its orders are canceled; 0 while it is open.</summary>
    public long CancelAt;

    /// <summary>The node it depends on; null once it has ended.</summary>
    public SessionNode? Node;

    /// <summary>Its open orders by id.</summary>
    public OrderChain Orders;

    /// <summary>Its open bets by id.</summary>
    public OrderChain Bets;

    /// <summary>Slot of the next session by number; -1 behind the last.</summary>
    public int Next;

    /// <summary>Slot of the one before; -1 before the first.</summary>
    public int Previous;

    /// <summary>Why it ended; while it is open that it was opened.</summary>
    public OrderSessionChange Change;

    /// <summary>Whether orders can be placed in it.</summary>
    public readonly bool IsOpen => Node is not null;

    /// <summary>Whether any order of it is open.</summary>
    public readonly bool HasOrders => Orders.Count + Bets.Count > 0;
}
