namespace ReplicatedBook.Matching.Book;

/// <summary>The price levels of one side of a book, kept in order of their keys.</summary>
internal interface IPriceLevels
{
    /// <summary>How many levels there are.</summary>
    int Count { get; }

    /// <summary>Slot of the level with the largest key; -1 when there is none.</summary>
    int Best { get; }

    /// <summary>The largest key; the smallest number when there is none.</summary>
    long BestKey { get; }

    /// <summary>The level in a slot; good until the next <see cref="FindOrAdd"/>.</summary>
    ref PriceLevel this[int slot] { get; }

    /// <summary>The next level of a walk from the best to the worst.</summary>
    /// <param name="place">Where the walk is; <see cref="OrderBook.FromBest"/> before its first level. Good until a
    /// level comes or goes.</param>
    /// <returns>Its slot; -1 behind the last.</returns>
    int Next(ref int place);

    /// <summary>Slot of the level with this key, which is made, empty, if there is none.</summary>
    int FindOrAdd(long key);

    /// <summary>Takes an empty level out.</summary>
    void Remove(int slot);
}
