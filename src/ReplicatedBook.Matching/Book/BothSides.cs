using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>One for buys or bids and one for sells or asks, found by side without a branch: which side comes next no
/// processor can guess.</summary>
[InlineArray(2)]
internal struct BothSides<T>
    where T : struct
{
    private T _first;

    /// <summary>Both.</summary>
    public BothSides(T ofBuys, T ofSells)
    {
        this[(int)Side.Buy] = ofBuys;
        this[(int)Side.Sell] = ofSells;
    }
}
