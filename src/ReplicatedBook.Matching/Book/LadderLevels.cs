using System.Numerics;

namespace ReplicatedBook.Matching.Book;

/// <summary>Levels for a bounded range of prices: a place for each, and bits in three storeys that say where there is a
/// level, so that the next one is found in a few steps however far it is.</summary>
/// <remarks>A slot is how far a key is above the lowest one. Memory covers the slots that were used and what lies
/// between them, to the next power of two. A key outside of the range ends the process: whoever makes a book of ladders
/// must see that no limit beyond them is accepted.</remarks>
internal struct LadderLevels : IPriceLevels
{
    /// <summary>Most prices of a range: as many as three storeys of 64 bits tell apart.</summary>
    public const int MaxPrices = 1 << 18;

    private const int WordBits = 6;

    private readonly long _lowestKey;
    private readonly int _prices;
    private readonly ulong[] _bits; // A bit for each price,
    private readonly ulong[] _groups; // one for each word of those,
    private ulong _top; // and one for each word of these.
    private PriceLevel[] _levels = [];
    private int _firstSlot; // Of the levels in memory.
    private int _count;
    private int _best = -1;

    /// <summary>No levels.</summary>
    /// <param name="lowestKey">The smallest key there may be.</param>
    /// <param name="prices">How many keys there may be, from the smallest on.</param>
    public LadderLevels(long lowestKey, int prices)
    {
        Invariant.Require(prices is > 0 and <= MaxPrices, "a ladder has a bounded number of prices");
        _lowestKey = lowestKey;
        _prices = prices;
        _bits = new ulong[WordsFor(prices)];
        _groups = new ulong[WordsFor(_bits.Length)];
    }

    /// <inheritdoc/>
    public readonly int Count => _count;

    /// <inheritdoc/>
    public readonly int Best => _best;

    /// <inheritdoc/>
    public readonly long BestKey => _best < 0 ? long.MinValue : _lowestKey + _best;

    /// <inheritdoc/>
    public readonly ref PriceLevel this[int slot] => ref _levels[slot - _firstSlot];

    /// <inheritdoc/>
    public readonly int Next(ref int place)
    {
        place = place > _best ? _best : HighestBelow(place);
        return place;
    }

    /// <inheritdoc/>
    public int FindOrAdd(long key)
    {
        Invariant.Require((ulong)(key - _lowestKey) < (ulong)_prices, "a price is on the ladder");
        var slot = (int)(key - _lowestKey);
        if ((_bits[slot >> WordBits] >> slot & 1) == 0)
        {
            Insert(slot, key);
        }

        return slot;
    }

    /// <inheritdoc/>
    public void Remove(int slot)
    {
        var word = slot >> WordBits;
        _count--;
        _bits[word] &= ~(1UL << slot);
        if (_bits[word] == 0)
        {
            _groups[word >> WordBits] &= ~(1UL << word);
            if (_groups[word >> WordBits] == 0)
            {
                _top &= ~(1UL << (word >> WordBits));
            }
        }

        if (slot == _best)
        {
            _best = HighestBelow(slot);
        }
    }

    private static int WordsFor(int bits) => (bits + 63) >> WordBits;

    /// <summary>The bits of a word below one of them.</summary>
    private static ulong Below(ulong word, int bit) => word & ((1UL << bit) - 1);

    private static int Highest(ulong word) => BitOperations.Log2(word);

    private void Insert(int slot, long key)
    {
        if ((uint)(slot - _firstSlot) >= (uint)_levels.Length)
        {
            Widen(slot);
        }

        this[slot] = new PriceLevel { Key = key, Oldest = -1, Youngest = -1 };
        var word = slot >> WordBits;
        _bits[word] |= 1UL << slot;
        _groups[word >> WordBits] |= 1UL << word;
        _top |= 1UL << (word >> WordBits);
        _count++;
        _best = Math.Max(_best, slot);
    }

    /// <summary>The highest slot with a level below one; -1 when there is none.</summary>
    private readonly int HighestBelow(int slot)
    {
        var word = slot >> WordBits;
        var bits = Below(_bits[word], slot);
        if (bits == 0)
        {
            var group = word >> WordBits;
            var words = Below(_groups[group], word);
            if (words == 0)
            {
                var groups = Below(_top, group);
                if (groups == 0)
                {
                    return -1;
                }

                group = Highest(groups);
                words = _groups[group];
            }

            word = (group << WordBits) | Highest(words);
            bits = _bits[word];
        }

        return (word << WordBits) | Highest(bits);
    }

    /// <summary>Makes room for a slot beside those there is room for.</summary>
    private void Widen(int slot)
    {
        const int Smallest = 64;
        var isEmpty = _levels.Length == 0;
        var first = isEmpty ? slot : Math.Min(slot, _firstSlot);
        var end = isEmpty ? slot + 1 : Math.Max(slot + 1, _firstSlot + _levels.Length);
        var length = Math.Max(Smallest, (int)BitOperations.RoundUpToPowerOf2((uint)(end - first)));
        if (slot == first)
        {
            first = Math.Max(0, end - length); // What is to spare lies on the side to which it grows.
        }

        var wider = new PriceLevel[length];
        if (!isEmpty)
        {
            _levels.CopyTo(wider, _firstSlot - first);
        }

        (_levels, _firstSlot) = (wider, first);
    }
}
