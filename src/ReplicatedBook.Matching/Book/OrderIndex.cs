using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Book;

/// <summary>Where each known order is, by its id: its slot among the open or among the closed.</summary>
/// <remarks>Ids are given in ascending order and forgotten nearly so. Hence blocks of neighbouring ids in a circle,
/// which are found by their number alone: a scattered table of a million ids misses the cache at every step; here
/// neighbours in time are neighbours in memory. An order has one entry for its whole life, so that closing it is one
/// write, and how many ids are known is counted beside, so that nothing else of a block is touched.</remarks>
internal sealed class OrderIndex
{
    // Small enough that the few blocks that have few orders left do not take much: 64 kibibytes each.
    private const int BlockBits = 14;
    private const int BlockSize = 1 << BlockBits;
    private const int PagesOfBlock = BlockSize / OlderOrders.PageSize;

    // Blocks in the circle: those of the newest four million orders.
    private const int Blocks = 1 << 8;

    private readonly int[]?[] _blocks = new int[Blocks][]; // Entries: see EntryOf.
    private readonly ushort[] _counts = new ushort[Blocks * PagesOfBlock]; // Ids that are known, page by page.
    private readonly OlderOrders _older = new();
    private readonly Stack<int[]> _spare = new();

    /// <summary>Number of the newest block; alike of indexes that moved on together.</summary>
    public long Newest { get; private set; }

    /// <summary>Blocks that hold something.</summary>
    public int BlockCount
    {
        get
        {
            var blocks = 0;
            foreach (var block in _blocks)
            {
                blocks += block is null ? 0 : 1;
            }

            return blocks;
        }
    }

    /// <summary>Pages of the orders that are too old for the circle.</summary>
    public int OlderPageCount => _older.PageCount;

    /// <summary>Counts the orders that are known; it takes its time.</summary>
    public int CountOrders()
    {
        var orders = _older.CountOrders();
        for (var block = 0; block < Blocks; block++)
        {
            foreach (var count in _blocks[block] is null ? default : CountsOf(block))
            {
                orders += count;
            }
        }

        return orders;
    }

    /// <summary>Whether an id is the first of its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool BeginsBlock(long id) => (id & (BlockSize - 1)) == 0;

    /// <summary>Finds an order.</summary>
    /// <param name="id">Its id; any number.</param>
    /// <param name="isOpen">Among the open or the closed.</param>
    /// <returns>Its slot there; -1 when it is not known. A closed order may be forgotten: what is in the slot
    /// says so.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long id, out bool isOpen)
    {
        var entry = EntryOf(id);
        isOpen = entry > 0;
        return isOpen || entry == 0 ? entry - 1 : ~entry;
    }

    /// <summary>Says where an open order is that was not known.</summary>
    public void AddOpen(long id, int slot) => Set(id, slot + 1, isNew: true);

    /// <summary>Says where a closed order is.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="isNew">Whether it was not known when it was open. Said wrongly, it is noticed only where no order
    /// near is known.</param>
    public void SetClosed(long id, int slot, bool isNew) => Set(id, ~slot, isNew);

    /// <summary>Forgets a closed order that is known; that it is not is noticed only where none near it is.</summary>
    /// <remarks>Its entry is long out of the cache and stays: it leads to a slot where another order or none
    /// is.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forget(long id)
    {
        if (!IsRecent(id >> BlockBits))
        {
            _older.Forget(id);
            return;
        }

        ref var count = ref CountFor(id);
        Invariant.Require(count != 0, "only a known order is forgotten");
        if (--count == 0)
        {
            GiveBackIfEmpty(id >> BlockBits);
        }
    }

    /// <summary>Makes room in the circle for a new id, so that no later one has to do it for many blocks at
    /// once.</summary>
    public void MoveOn(long id)
    {
        if (id >> BlockBits > Newest)
        {
            MoveTo(id >> BlockBits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsRecent(long block) => (ulong)(Newest - block) < Blocks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(long block) => (int)block & (Blocks - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ushort CountFor(long id) =>
        ref _counts[(int)(id >> OlderOrders.PageBits) & ((Blocks * PagesOfBlock) - 1)];

    private Span<ushort> CountsOf(long block) =>
        _counts.AsSpan(PlaceOf(block) * PagesOfBlock, PagesOfBlock);

    /// <summary>Slot plus one of an open order, complement of a closed one's, 0 for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int EntryOf(long id)
    {
        if (!IsRecent(id >> BlockBits))
        {
            return _older.Find(id);
        }

        var block = _blocks[PlaceOf(id >> BlockBits)];
        return block is null ? 0 : block[(int)id & (BlockSize - 1)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long id, int entry, bool isNew)
    {
        var number = id >> BlockBits;
        if (!IsRecent(number) || _blocks[PlaceOf(number)] is not { } block)
        {
            SetElsewhere(id, entry, isNew);
            return;
        }

        CountFor(id) += (ushort)(isNew ? 1 : 0);
        block[(int)id & (BlockSize - 1)] = entry; // Not read: it may be long out of the cache.
    }

    /// <summary>As <see cref="Set"/>, where there is no block for it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetElsewhere(long id, int entry, bool isNew)
    {
        var number = id >> BlockBits;
        if (number <= Newest && !IsRecent(number))
        {
            _older.Set(id, entry, isNew);
            return;
        }

        Invariant.Require(isNew, "an open order is known until it is closed");
        MoveOn(id);
        _blocks[PlaceOf(number)] = TakeBlock();
        Set(id, entry, isNew);
    }

    /// <summary>Makes a block the newest; what those still have that lose their place to it goes to the older
    /// orders.</summary>
    private void MoveTo(long newest)
    {
        var (before, oldest) = (Newest, Newest - Blocks + 1);
        for (var block = Math.Max(before + 1, newest - Blocks + 1); block <= newest; block++)
        {
            TurnOut(oldest + ((block - oldest) & (Blocks - 1))); // The one in its place until now.
        }

        Newest = newest;
        GiveBackIfEmpty(before);
    }

    private void TurnOut(long block)
    {
        if (_blocks[PlaceOf(block)] is not { } entries)
        {
            return;
        }

        var counts = CountsOf(block);
        for (var page = 0; page < PagesOfBlock; page++)
        {
            if (counts[page] != 0)
            {
                var places = entries.AsSpan(page * OlderOrders.PageSize, OlderOrders.PageSize);
                _older.Take((block * PagesOfBlock) + page, places, counts[page]);
            }
        }

        counts.Clear();
        GiveBack(block);
    }

    /// <summary>Gives back a block none of whose ids is known; the newest stays, for it is about to be used.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveBackIfEmpty(long block)
    {
        if (block != Newest && _blocks[PlaceOf(block)] is not null && !CountsOf(block).ContainsAnyExcept((ushort)0))
        {
            GiveBack(block);
        }
    }

    private void GiveBack(long block)
    {
        _spare.Push(_blocks[PlaceOf(block)]!);
        _blocks[PlaceOf(block)] = null;
    }

    private int[] TakeBlock()
    {
        if (!_spare.TryPop(out var block))
        {
            return new int[BlockSize];
        }

        block.AsSpan().Clear();
        return block;
    }
}
