using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Where each known order is, by its id: its slot among the open or among the closed.</summary>
/// <remarks>Ids are given in ascending order and forgotten nearly so, hence pages of neighbouring ids: a scattered
/// table of a million ids misses the cache at every step; here neighbours in time are neighbours in memory. An order
/// has one entry for its whole life, so that closing it is one write.</remarks>
internal sealed class OrderIndex
{
    // Small, so that ids that are few and far between do not take much: a kibibyte each at worst.
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    // Pages of the newest ids are found by their number alone, without a search: those of four million orders.
    private const int RecentPages = 1 << 14;

    private readonly KeyIndex _pages = new();
    private readonly PagedArray<int> _places = new(); // Slot plus one of an open order, complement of a closed one's.
    private readonly int[] _recent = new int[RecentPages]; // Page plus one of a recent key, in a circle; 0 for none.
    private int[] _counts = new int[4];
    private int _firstFree = -1;
    private int _everUsed;
    private long _newestKey = -1;

    /// <summary>Finds an order.</summary>
    /// <param name="id">Its id; any number.</param>
    /// <param name="isOpen">Among the open or the closed.</param>
    /// <returns>Its slot there; -1 when it is not known. A closed order may be forgotten: what is in the slot
    /// says so.</returns>
    public int Find(long id, out bool isOpen)
    {
        var page = PageOf(id >> PageBits);
        var place = page < 0 ? 0 : _places[PlaceOf(page, id)];
        isOpen = place > 0;
        return isOpen || place == 0 ? place - 1 : ~place;
    }

    /// <summary>Says where an open order is.</summary>
    public void SetOpen(long id, int slot) => Set(id, slot + 1);

    /// <summary>Says where a closed order is.</summary>
    public void SetClosed(long id, int slot) => Set(id, ~slot);

    /// <summary>Forgets a closed order that is known.</summary>
    /// <remarks>Its entry is long out of the cache and stays: it leads to a slot where another order or none
    /// is.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Forget(long id)
    {
        var key = id >> PageBits;
        var page = PageOf(key);
        Invariant.Require(page >= 0, "only a known order is forgotten");
        if (--_counts[page] == 0)
        {
            GiveBack(key, page);
        }
    }

    private static int PlaceOf(int page, long id) => (page << PageBits) | ((int)id & (PageSize - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsRecent(long key) => (ulong)(_newestKey - key) < RecentPages;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PageOf(long key) => IsRecent(key) ? _recent[(int)key & (RecentPages - 1)] - 1 : OlderPageOf(key);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int OlderPageOf(long key) => _pages.Find(key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long id, int place)
    {
        var page = PageOf(id >> PageBits);
        if (page < 0)
        {
            page = AddPage(id >> PageBits);
        }

        ref var entry = ref _places.Edit(PlaceOf(page, id));
        if (entry == 0)
        {
            _counts[page]++;
        }

        entry = place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddPage(long key)
    {
        var page = TakePage();
        _pages.Add(key, page);
        for (var skipped = Math.Max(_newestKey, key - RecentPages) + 1; skipped < key; skipped++)
        {
            _recent[(int)skipped & (RecentPages - 1)] = 0;
        }

        _newestKey = Math.Max(_newestKey, key);
        if (IsRecent(key))
        {
            _recent[(int)key & (RecentPages - 1)] = page + 1;
        }

        return page;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveBack(long key, int page)
    {
        _pages.Remove(key);
        if (IsRecent(key))
        {
            _recent[(int)key & (RecentPages - 1)] = 0;
        }

        _counts[page] = _firstFree;
        _firstFree = page;
    }

    /// <summary>Gives out an empty page; the counts of free pages link them.</summary>
    private int TakePage()
    {
        if (_firstFree >= 0)
        {
            var page = _firstFree;
            _firstFree = _counts[page];
            _counts[page] = 0;
            _places.Edit(page << PageBits, PageSize).Clear();
            return page;
        }

        if (_everUsed == _counts.Length)
        {
            Array.Resize(ref _counts, checked(_everUsed * 2));
        }

        _places.Ensure(((_everUsed + 1) << PageBits) - 1);
        return _everUsed++;
    }
}
