using System.Numerics;

namespace ReplicatedBook.Matching.Book;

/// <summary>A map from a number to a slot: open addressing, at most half full, so that it is sized to what is in
/// it.</summary>
/// <remarks>Removal shifts entries back, so no position may be kept across a change. It is never enumerated: its layout
/// depends on its history and must not reach any output.</remarks>
internal sealed class KeyIndex
{
    private const int MinPlaces = 16;

    private Entry[] _entries = new Entry[MinPlaces];
    private int _mask = MinPlaces - 1;
    private int _shift = 64 - BitOperations.Log2(MinPlaces);
    private int _count;

    /// <summary>Entries in it.</summary>
    public int Count => _count;

    /// <summary>The slot of a key; -1 when there is none.</summary>
    public int Find(long key)
    {
        var entries = _entries;
        for (var place = Home(key); ; place = (place + 1) & _mask)
        {
            ref readonly var entry = ref entries[place];
            if (entry.Key == key && entry.SlotPlusOne != 0)
            {
                return entry.SlotPlusOne - 1;
            }

            if (entry.SlotPlusOne == 0)
            {
                return -1;
            }
        }
    }

    /// <summary>Adds a key that is not in it.</summary>
    public void Add(long key, int slot)
    {
        if ((_count + 1) * 2 > _entries.Length)
        {
            Grow();
        }

        _count++;
        Put(new Entry { Key = key, SlotPlusOne = slot + 1 });
    }

    /// <summary>Gives a key that is in it another slot.</summary>
    public void Replace(long key, int slot)
    {
        var place = PlaceOf(key);
        Invariant.Require(place >= 0, "only a known key is given another slot");
        _entries[place].SlotPlusOne = slot + 1;
    }

    /// <summary>Removes a key that is in it.</summary>
    public void Remove(long key)
    {
        var hole = PlaceOf(key);
        Invariant.Require(hole >= 0, "only a known key is removed");
        var entries = _entries;
        for (var place = (hole + 1) & _mask; entries[place].SlotPlusOne != 0; place = (place + 1) & _mask)
        {
            // An entry may move into the hole unless its home lies cyclically behind the hole.
            var home = Home(entries[place].Key);
            if (((place - home) & _mask) >= ((place - hole) & _mask))
            {
                entries[hole] = entries[place];
                hole = place;
            }
        }

        entries[hole] = default;
        _count--;
    }

    /// <summary>Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): spreads any pattern of
    /// keys.</summary>
    private int Home(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15UL >> _shift);

    private int PlaceOf(long key)
    {
        for (var place = Home(key); _entries[place].SlotPlusOne != 0; place = (place + 1) & _mask)
        {
            if (_entries[place].Key == key)
            {
                return place;
            }
        }

        return -1;
    }

    private void Put(in Entry entry)
    {
        var place = Home(entry.Key);
        while (_entries[place].SlotPlusOne != 0)
        {
            place = (place + 1) & _mask;
        }

        _entries[place] = entry;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[checked(old.Length * 2)];
        _mask = _entries.Length - 1;
        _shift--;
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.SlotPlusOne != 0)
            {
                Put(in entry);
            }
        }
    }

    private struct Entry
    {
        public long Key;
        public int SlotPlusOne;
    }
}
