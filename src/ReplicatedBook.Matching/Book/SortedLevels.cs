using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Book;

/// <summary>Levels for prices without bounds: sorted keys with the best at the end, where nearly all changes happen, so
/// that little is moved. Levels stay in their slots; only keys and slot numbers move.</summary>
/// <remarks>Most orders join a level that there is, so an index finds that: a search through the keys costs several
/// mispredicted branches, and is left for levels that come and go.</remarks>
internal struct SortedLevels : IPriceLevels
{
    private readonly KeyIndex _index;
    private long[] _keys;
    private int[] _slots;
    private PriceLevel[] _levels;
    private int _count;
    private int _firstFree;
    private int _everUsed;

    /// <summary>No levels.</summary>
    public SortedLevels()
    {
        _index = new KeyIndex();
        _keys = new long[8];
        _slots = new int[8];
        _levels = new PriceLevel[8];
        _firstFree = -1;
    }

    /// <inheritdoc/>
    public readonly int Count => _count;

    /// <inheritdoc/>
    public int Best { get; private set; } = -1;

    /// <inheritdoc/>
    public long BestKey { get; private set; } = long.MinValue;

    /// <inheritdoc/>
    public readonly ref PriceLevel this[int slot] => ref _levels[slot];

    /// <inheritdoc/>
    public readonly int Next(ref int place)
    {
        place = Math.Min(place, _count) - 1;
        return place < 0 ? -1 : _slots[place];
    }

    /// <inheritdoc/>
    public int FindOrAdd(long key)
    {
        var slot = _index.Find(key);
        return slot >= 0 ? slot : Insert(key > BestKey ? _count : LowerBound(key), key);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)] // Few orders are the last of their level: it is kept out of loops.
    public void Remove(int slot)
    {
        var position = slot == Best ? _count - 1 : LowerBound(_levels[slot].Key);
        Invariant.Require(position < _count && _slots[position] == slot, "a level is where its key belongs");
        var behind = _count - position - 1;
        if (behind > 0)
        {
            _keys.AsSpan(position + 1, behind).CopyTo(_keys.AsSpan(position));
            _slots.AsSpan(position + 1, behind).CopyTo(_slots.AsSpan(position));
        }

        _count--;
        NoteBest();
        _index.Remove(_levels[slot].Key);
        _levels[slot].Oldest = _firstFree;
        _firstFree = slot;
    }

    /// <summary>The first position whose key is not smaller.</summary>
    /// <remarks>Every half is taken or left by arithmetic: no processor can guess which it is, and each wrong guess
    /// costs as much as three steps.</remarks>
    private readonly int LowerBound(long key)
    {
        var keys = _keys.AsSpan(0, _count);
        var low = 0;
        for (var length = keys.Length; length > 0;)
        {
            var half = (length + 1) >> 1;
            low += half & -(keys[low + half - 1] < key ? 1 : 0);
            length -= half;
        }

        return low;
    }

    private int Insert(int position, long key)
    {
        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _slots, _count * 2);
        }

        var behind = _count - position;
        if (behind > 0)
        {
            _keys.AsSpan(position, behind).CopyTo(_keys.AsSpan(position + 1));
            _slots.AsSpan(position, behind).CopyTo(_slots.AsSpan(position + 1));
        }

        var slot = TakeSlot();
        _levels[slot] = new PriceLevel { Key = key, Oldest = -1, Youngest = -1 };
        _index.Add(key, slot);
        _keys[position] = key;
        _slots[position] = slot;
        _count++;
        NoteBest();
        return slot;
    }

    private void NoteBest() =>
        (Best, BestKey) = _count == 0 ? (-1, long.MinValue) : (_slots[_count - 1], _keys[_count - 1]);

    private int TakeSlot()
    {
        if (_firstFree >= 0)
        {
            var slot = _firstFree;
            _firstFree = _levels[slot].Oldest;
            return slot;
        }

        if (_everUsed == _levels.Length)
        {
            Array.Resize(ref _levels, _everUsed * 2);
        }

        return _everUsed++;
    }
}
