using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Book;

/// <summary>One for the bids and one for the asks, found by side without a branch: which side comes next no processor
/// can guess.</summary>
[InlineArray(2)]
internal struct BothSides<T>
    where T : struct
{
    private T _bids;

    /// <summary>Both.</summary>
    public BothSides(T bids, T asks)
    {
        this[0] = bids;
        this[1] = asks;
    }
}
