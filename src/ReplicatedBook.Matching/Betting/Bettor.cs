using ReplicatedBook.Matching.Book;

namespace ReplicatedBook.Matching.Betting;

/// <summary>What follows from the bets of one account.</summary>
internal struct Bettor
{
    /// <summary>Its open bets in order of id.</summary>
    public OrderChain Open;

    /// <summary>The market of its last bet; 0 for none.</summary>
    public int LastMarket;

    /// <summary>Slot of its position there.</summary>
    public int LastPosition;
}
