using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>What recognises a repeat of the command that placed an order, whatever amendments did to the order
/// since.</summary>
internal struct ClientReference
{
    /// <summary>The client's name for the order; not empty.</summary>
    public ClientOrderId Id;

    /// <summary>Limit as first given.</summary>
    public long Price;

    /// <summary>Quantity as first given.</summary>
    public long Quantity;
}
