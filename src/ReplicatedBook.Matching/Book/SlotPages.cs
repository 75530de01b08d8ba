namespace ReplicatedBook.Matching.Book;

/// <summary>A map from ids, which come nearly in ascending order, to slots: small pages of neighbouring ids. A
/// scattered table
/// of a million ids misses the cache at every step; here neighbours in time are neighbours in memory.</summary>
internal sealed class SlotPages
{
    // Small, so that ids that are few and far between do not take much: a kibibyte each at worst.
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    private readonly KeyIndex _pages = new();
    private int[] _slotsPlusOne = new int[4 * PageSize];
    private int[] _counts = new int[4];
    private int _firstFree = -1;
    private int _everUsed;

    /// <summary>The slot of an id; -1 when there is none.</summary>
    public int Find(long id)
    {
        var page = _pages.Find(id >> PageBits);
        return page < 0 ? -1 : _slotsPlusOne[PlaceOf(page, id)] - 1;
    }

    /// <summary>Adds an id that is not in it.</summary>
    public void Add(long id, int slot)
    {
        var page = _pages.Find(id >> PageBits);
        if (page < 0)
        {
            page = TakePage();
            _pages.Add(id >> PageBits, page);
        }

        _counts[page]++;
        _slotsPlusOne[PlaceOf(page, id)] = slot + 1;
    }

    /// <summary>Removes an id that is in it.</summary>
    public void Remove(long id)
    {
        var page = _pages.Find(id >> PageBits);
        Invariant.Require(page >= 0, "only a known id is removed");
        _slotsPlusOne[PlaceOf(page, id)] = 0; // Not read first: what is forgotten is long out of the cache.
        if (--_counts[page] == 0)
        {
            _pages.Remove(id >> PageBits);
            _counts[page] = _firstFree;
            _firstFree = page;
        }
    }

    private static int PlaceOf(int page, long id) => (page << PageBits) | ((int)id & (PageSize - 1));

    /// <summary>Gives out an empty page; the counts of free pages link them.</summary>
    private int TakePage()
    {
        if (_firstFree >= 0)
        {
            var page = _firstFree;
            _firstFree = _counts[page];
            _counts[page] = 0;
            return page;
        }

        if (_everUsed == _counts.Length)
        {
            Array.Resize(ref _counts, checked(_everUsed * 2));
            Array.Resize(ref _slotsPlusOne, checked(_counts.Length * PageSize));
        }

        return _everUsed++;
    }
}
