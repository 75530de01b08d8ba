namespace ReplicatedBook.Matching.Book;

/// <summary>The price levels of one side of a book, kept in order of their keys.</summary>
internal interface IPriceLevels
{
    /// <summary>How many levels there are.</summary>
    int Count { get; }

    /// <summary>Slot of the level with the largest key; -1 when there is none.</summary>
    int Best { get; }

    /// <summary>The level in a slot; good until the next <see cref="FindOrAdd"/>.</summary>
    ref PriceLevel this[int slot] { get; }

    /// <summary>Slot of the level at a rank: 0 is the best.</summary>
    int AtRank(int rank);

    /// <summary>Slot of the level with this key, which is made, empty, if there is none.</summary>
    int FindOrAdd(long key);

    /// <summary>Takes an empty level out.</summary>
    void Remove(int slot);
}
