using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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

    // Pages that are made at once: as many as there are, within these bounds.
    private const int FewestMorePages = 4;
    private const int MostMorePages = 192;

    private readonly KeyIndex _numbers = new(); // Of the pages that there are, by what their ids begin with.
    private readonly Page?[] _recent = new Page?[RecentPages]; // Those of recent ids, in a circle.
    private Page[] _pages = []; // By number.
    private Page? _free;
    private long _newestKey = -1;

    /// <summary>Finds an order.</summary>
    /// <param name="id">Its id; any number.</param>
    /// <param name="isOpen">Among the open or the closed.</param>
    /// <returns>Its slot there; -1 when it is not known. A closed order may be forgotten: what is in the slot
    /// says so.</returns>
    public int Find(long id, out bool isOpen)
    {
        var page = PageOf(id >> PageBits);
        var place = page is null ? 0 : page.Places[(byte)id];
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
        var page = PageOf(id >> PageBits);
        Invariant.Require(page is not null, "only a known order is forgotten");
        if (--page.Count == 0)
        {
            GiveBack(id >> PageBits, page);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsRecent(long key) => (ulong)(_newestKey - key) < RecentPages;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Page? PageOf(long key) => IsRecent(key) ? _recent[(int)key & (RecentPages - 1)] : OlderPageOf(key);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Page? OlderPageOf(long key) => _numbers.Find(key) is >= 0 and var number ? _pages[number] : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(long id, int place)
    {
        var page = PageOf(id >> PageBits) ?? AddPage(id >> PageBits);
        ref var entry = ref page.Places[(byte)id];
        if (entry == 0)
        {
            page.Count++;
        }

        entry = place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Page AddPage(long key)
    {
        var page = TakePage();
        _numbers.Add(key, page.Number);
        for (var skipped = Math.Max(_newestKey, key - RecentPages) + 1; skipped < key; skipped++)
        {
            _recent[(int)skipped & (RecentPages - 1)] = null;
        }

        _newestKey = Math.Max(_newestKey, key);
        if (IsRecent(key))
        {
            _recent[(int)key & (RecentPages - 1)] = page;
        }

        return page;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void GiveBack(long key, Page page)
    {
        _numbers.Remove(key);
        if (IsRecent(key))
        {
            _recent[(int)key & (RecentPages - 1)] = null;
        }

        (page.NextFree, _free) = (_free, page);
    }

    /// <summary>Gives out an empty page.</summary>
    private Page TakePage()
    {
        if (_free is null)
        {
            AddPages(Math.Clamp(_pages.Length, FewestMorePages, MostMorePages));
        }

        var page = _free;
        (_free, page.NextFree) = (page.NextFree, null);
        page.Places = default;
        return page;
    }

    [MemberNotNull(nameof(_free))]
    private void AddPages(int count)
    {
        var number = _pages.Length;
        Array.Resize(ref _pages, checked(number + count));
        do
        {
            _free = _pages[number] = new Page(number) { NextFree = _free };
        }
        while (++number < _pages.Length);
    }

    /// <summary>Where the orders of neighbouring ids are.</summary>
    private sealed class Page(int number)
    {
        /// <summary>Ids that are known, of those it is for.</summary>
        public int Count;

        /// <summary>By the last bits of the id: slot plus one of an open order, complement of a closed one's, 0 for
        /// none.</summary>
        public Places Places;

        /// <summary>Its place among all.</summary>
        public int Number => number;

        /// <summary>While it is free: the next that is.</summary>
        public Page? NextFree { get; set; }
    }

    [InlineArray(PageSize)]
    private struct Places
    {
        private int _first;
    }
}
