using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Book;

/// <summary>Where the orders are whose ids are too old for the circle of <see cref="OrderIndex"/>: pages of
/// neighbouring ids, found by a search.</summary>
internal sealed class OlderOrders
{
    /// <summary>Bits of an id that say which of its page it is.</summary>
    public const int PageBits = 8;

    /// <summary>Ids of a page: few, so that orders that are few and far between take a kibibyte each at
    /// worst.</summary>
    public const int PageSize = 1 << PageBits;

    private readonly KeyIndex _numbers = new(); // Of the pages that there are, by what their ids begin with.
    private readonly List<int[]> _pages = []; // By number: entries as in OrderIndex.
    private readonly List<int> _counts = []; // Ids of them that are known.
    private readonly Stack<int> _free = new(); // Numbers of pages without any.

    /// <summary>Pages that hold something.</summary>
    public int PageCount => _numbers.Count;

    /// <summary>Counts the orders that are known.</summary>
    public int CountOrders()
    {
        var orders = 0;
        foreach (var count in _counts)
        {
            orders += count;
        }

        return orders;
    }

    /// <summary>The entry of an order; 0 when it has none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Find(long id) =>
        _numbers.Find(id >> PageBits) is >= 0 and var number ? _pages[number][(int)id & (PageSize - 1)] : 0;

    /// <summary>Gives an order an entry.</summary>
    public void Set(long id, int entry, bool isNew)
    {
        var number = _numbers.Find(id >> PageBits);
        if (number < 0)
        {
            Invariant.Require(isNew, "an open order is known until it is closed");
            number = Add(id >> PageBits);
            _pages[number].AsSpan().Clear();
        }

        Count(number, isNew ? 1 : 0);
        _pages[number][(int)id & (PageSize - 1)] = entry;
    }

    /// <summary>Forgets an order that is known; its entry stays, as in the circle.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Forget(long id)
    {
        var number = _numbers.Find(id >> PageBits);
        Invariant.Require(number >= 0, "only a known order is forgotten");
        if (--_counts[number] == 0)
        {
            _numbers.Remove(id >> PageBits);
            _free.Push(number);
        }
    }

    /// <summary>Takes a page over.</summary>
    /// <param name="page">What its ids begin with; there is none for it.</param>
    /// <param name="entries">One for each of its ids.</param>
    /// <param name="count">Ids of them that are known.</param>
    public void Take(long page, ReadOnlySpan<int> entries, int count)
    {
        var number = Add(page);
        Count(number, count);
        entries.CopyTo(_pages[number]);
    }

    private void Count(int number, int more)
    {
        _counts[number] += more;
        Invariant.Require(_counts[number] <= PageSize, "no order is counted twice");
    }

    private int Add(long page)
    {
        if (!_free.TryPop(out var number))
        {
            number = _pages.Count;
            _pages.Add(new int[PageSize]);
            _counts.Add(0);
        }

        _numbers.Add(page, number);
        return number;
    }
}
