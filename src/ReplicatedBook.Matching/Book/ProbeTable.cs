using System.Numerics;
using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Book;

/// <summary>Numbers by key, several to a key if need be: open addressing, at most half full, so that it is sized to
/// what is in it. Growing is spread over many additions: no single one moves more than a few entries.</summary>
/// <remarks>A table that is half full stays beside one of twice its places until later additions have moved what is in
/// it. Removal shifts entries back, so a place is good until the next change only. It is never enumerated: its layout
/// depends on its history and must not reach any output.</remarks>
internal struct ProbeTable
{
    /// <summary>Places of the old table that one addition visits. Three would do: from one doubling to the next there
    /// are at least as many additions as half its places. More are done with it sooner, and so look in both for a
    /// shorter time.</summary>
    public const int Step = 16;

    /// <summary>A table of so many places or fewer is moved at once, in microseconds: else one that is filled once and
    /// then only read (balances) might be left with two tables for ever.</summary>
    public const int MaxPlacesAtOnce = 1_024;

    private const int MinPlaces = 16;

    private Entry[] _entries = new Entry[MinPlaces];
    private int _shift = 64 - BitOperations.Log2(MinPlaces);
    private int _count;

    // Additions are free of further work below this count. None is while there is an old table.
    private int _quietCount = MinPlaces / 2;

    private Entry[]? _old;
    private int _oldCount;
    private int _oldPlace;
    private int _oldPlacesLeft;

    /// <summary>Nothing.</summary>
    public ProbeTable()
    {
    }

    /// <summary>Entries in it.</summary>
    public readonly int Count => _count;

    /// <summary>Those of them that are still in the old table; 0 when there is none.</summary>
    public readonly int OldCount => _oldCount;

    /// <summary>The number of a key, of any if it has several; 0 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long First(ulong key)
    {
        var entries = _entries;
        var mask = entries.Length - 1;
        for (var place = Home(key, _shift); ; place++)
        {
            ref readonly var entry = ref entries[place & mask];
            if (entry.Key == key && entry.Value != 0)
            {
                return entry.Value;
            }

            if (entry.Value == 0)
            {
                return _old is null ? 0 : FirstInOld(key);
            }
        }
    }

    /// <summary>The place where to begin to look for a key with <see cref="Seek"/>.</summary>
    public readonly int Start(ulong key) => Home(key, _shift);

    /// <summary>The next number of a key, and moves <paramref name="place"/> to it; 0 when there is no more.</summary>
    /// <param name="place">From <see cref="Start"/> or <see cref="Behind"/>. Negative in the old table.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly long Seek(ulong key, ref int place)
    {
        if (place >= 0)
        {
            if (SeekIn(_entries, key, ref place) is not 0 and var value)
            {
                return value;
            }

            if (_old is null)
            {
                return 0;
            }

            place = ~Home(key, _shift + 1);
        }

        return SeekInOld(key, ref place);
    }

    /// <summary>The place to go on from.</summary>
    public readonly int Behind(int place) =>
        place >= 0 ? (place + 1) & (_entries.Length - 1) : ~((~place + 1) & (_old!.Length - 1));

    /// <summary>Adds a number, which is not 0.</summary>
    public void Add(ulong key, long value)
    {
        if (_count >= _quietCount)
        {
            MakeRoom();
        }

        _count++;
        Put(key, value);
    }

    /// <summary>Changes the number at a place.</summary>
    public readonly void Replace(int place, long value)
    {
        if (place >= 0)
        {
            _entries[place].Value = value;
        }
        else
        {
            _old![~place].Value = value;
        }
    }

    /// <summary>Removes what is at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Remove(int place)
    {
        _count--;
        if (place >= 0)
        {
            RemoveFrom(_entries, _shift, place);
        }
        else
        {
            _oldCount--;
            RemoveFrom(_old!, _shift + 1, ~place);
        }
    }

    /// <summary>Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): spreads any pattern of
    /// keys.</summary>
    private static int Home(ulong key, int shift) => (int)(key * 0x9E3779B97F4A7C15UL >> shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long SeekIn(Entry[] entries, ulong key, ref int place)
    {
        var mask = entries.Length - 1;
        for (; ; place = (place + 1) & mask)
        {
            ref readonly var entry = ref entries[place];
            if (entry.Value == 0 || entry.Key == key)
            {
                return entry.Value;
            }
        }
    }

    private static void RemoveFrom(Entry[] entries, int shift, int hole)
    {
        var mask = entries.Length - 1;
        for (var place = (hole + 1) & mask; entries[place].Value != 0; place = (place + 1) & mask)
        {
            // An entry may move into the hole unless its home lies cyclically behind the hole.
            var home = Home(entries[place].Key, shift);
            if (((place - home) & mask) >= ((place - hole) & mask))
            {
                entries[hole] = entries[place];
                hole = place;
            }
        }

        entries[hole] = default;
    }

    private readonly long FirstInOld(ulong key)
    {
        var place = ~Home(key, _shift + 1);
        return SeekInOld(key, ref place);
    }

    private readonly long SeekInOld(ulong key, ref int place)
    {
        var oldPlace = ~place;
        var value = SeekIn(_old!, key, ref oldPlace);
        place = ~oldPlace;
        return value;
    }

    private readonly void Put(ulong key, long value)
    {
        var entries = _entries;
        var mask = entries.Length - 1;
        var place = Home(key, _shift);
        while (entries[place & mask].Value != 0)
        {
            place++;
        }

        entries[place & mask] = new Entry { Key = key, Value = value };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom()
    {
        if (_old is null)
        {
            Double();
        }
        else
        {
            Drain(_old, Step);
        }
    }

    private void Double()
    {
        var entries = new Entry[checked(_entries.Length * 2)];
        _old = _entries;
        _oldCount = _count;
        _entries = entries;
        _shift--;
        _quietCount = 0;
        _oldPlace = _old.Length - 1;
        _oldPlacesLeft = _old.Length;
        while (_old[_oldPlace].Value != 0)
        {
            _oldPlace--;
        }

        if (_old.Length <= MaxPlacesAtOnce)
        {
            Drain(_old, _old.Length);
        }
    }

    /// <summary>Visits the next places of the old table, and moves what is there.</summary>
    /// <remarks>It goes down, once around, from a place that is empty and stays so, since nothing is added here and
    /// removals only shift down: no chain reaches across it. So behind every place it comes to there is an empty one;
    /// what it takes is the end of its chain, and nothing has to be shifted back.</remarks>
    private void Drain(Entry[] old, int maxPlaces)
    {
        var places = Math.Min(maxPlaces, _oldPlacesLeft);
        for (var i = 0; i < places; i++)
        {
            ref var entry = ref old[_oldPlace];
            if (entry.Value != 0)
            {
                Put(entry.Key, entry.Value);
                entry = default;
                _oldCount--;
            }

            _oldPlace = (_oldPlace - 1) & (old.Length - 1);
        }

        _oldPlacesLeft -= places;
        if (_oldPlacesLeft == 0)
        {
            _quietCount = _entries.Length / 2;
            _old = null;
            Invariant.Require(_oldCount == 0, "a table is empty before it is dropped");
            Invariant.Require(_count < _quietCount, "a table is empty before the next is half full");
        }
    }

    private struct Entry
    {
        public ulong Key;
        public long Value;
    }
}
