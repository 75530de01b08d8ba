using System.Numerics;

namespace ReplicatedBook.Matching.Book;

/// <summary>Orders by hash of account and client order id. Several orders may share a hash: who asks compares the
/// names.</summary>
/// <remarks>Open addressing as in <see cref="KeyIndex"/>; values are order ids, so that nothing changes here
/// when
/// an order moves from the open to the closed.</remarks>
internal sealed class ClientOrderIndex
{
    private Entry[] _entries = new Entry[16];
    private int _count;

    /// <summary>First place to look for a hash.</summary>
    public int Start(ulong hash) => (int)(hash >> (64 - BitOperations.Log2((uint)_entries.Length)));

    /// <summary>The next order with this hash, and moves <paramref name="place"/> behind it; 0 when there is no
    /// more.</summary>
    public long Next(ulong hash, ref int place)
    {
        while (true)
        {
            ref readonly var entry = ref _entries[place];
            if (entry.Order == 0)
            {
                return 0;
            }

            place = (place + 1) & (_entries.Length - 1);
            if (entry.Hash == hash)
            {
                return entry.Order;
            }
        }
    }

    /// <summary>Adds an order.</summary>
    public void Add(ulong hash, long order)
    {
        if ((_count + 1) * 2 > _entries.Length)
        {
            var old = _entries;
            _entries = new Entry[checked(old.Length * 2)];
            foreach (ref readonly var entry in old.AsSpan())
            {
                if (entry.Order != 0)
                {
                    Put(in entry);
                }
            }
        }

        _count++;
        Put(new Entry { Hash = hash, Order = order });
    }

    /// <summary>Removes an order that is in it.</summary>
    public void Remove(ulong hash, long order)
    {
        var mask = _entries.Length - 1;
        var hole = Start(hash);
        while (_entries[hole].Order != order)
        {
            Invariant.Require(_entries[hole].Order != 0, "only a known client order id is removed");
            hole = (hole + 1) & mask;
        }

        for (var place = (hole + 1) & mask; _entries[place].Order != 0; place = (place + 1) & mask)
        {
            var home = Start(_entries[place].Hash);
            if (((place - home) & mask) >= ((place - hole) & mask))
            {
                _entries[hole] = _entries[place];
                hole = place;
            }
        }

        _entries[hole] = default;
        _count--;
    }

    private void Put(in Entry entry)
    {
        var place = Start(entry.Hash);
        while (_entries[place].Order != 0)
        {
            place = (place + 1) & (_entries.Length - 1);
        }

        _entries[place] = entry;
    }

    private struct Entry
    {
        public ulong Hash;
        public long Order;
    }
}
