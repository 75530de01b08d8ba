namespace ReplicatedBook.Matching.Book;

/// <summary>The ends of a list of one account's orders, as slots; -1 when it is empty.</summary>
internal struct OrderChain
{
    /// <summary>First order.</summary>
    public int First;

    /// <summary>Last order.</summary>
    public int Last;

    /// <summary>Orders in it.</summary>
    public int Count;

    /// <summary>A list without orders.</summary>
    public static OrderChain Empty => new() { First = -1, Last = -1 };
}
