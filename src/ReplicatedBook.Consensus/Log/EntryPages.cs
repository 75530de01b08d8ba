namespace ReplicatedBook.Consensus.Log;

/// <summary>A queue of entries, each reached by its position in constant time. They stand on pages, so that growing
/// copies nothing, and pages that become free are used again.</summary>
internal sealed class EntryPages
{
    private const int PageBits = 9;
    private const int PageEntries = 1 << PageBits;

    private readonly List<LogEntry[]> _pages = [];
    private readonly List<LogEntry[]> _spare = [];
    private int _first; // Where position 0 is on the first page.

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The entry at a position below <see cref="Count"/>.</summary>
    public ref LogEntry this[int position]
    {
        get
        {
            var at = _first + position;
            return ref _pages[at >> PageBits][at & (PageEntries - 1)];
        }
    }

    /// <summary>Adds one at the end.</summary>
    public void Add(in LogEntry entry)
    {
        if (_first + Count == _pages.Count * PageEntries)
        {
            _pages.Add(TakePage());
        }

        Count++;
        this[Count - 1] = entry;
    }

    /// <summary>Removes so many from the beginning.</summary>
    public void RemoveFirst(int count)
    {
        Clear(0, count);
        _first += count;
        Count -= count;
        var free = Count == 0 ? _pages.Count : _first >> PageBits;

        // Half of those that were not needed since the last time go back to the system.
        _spare.RemoveRange(0, (_spare.Count + 1) / 2);
        _spare.AddRange(_pages.GetRange(0, free));
        _pages.RemoveRange(0, free);
        _first = Count == 0 ? 0 : _first & (PageEntries - 1);
    }

    /// <summary>Removes all from a position on.</summary>
    public void RemoveFrom(int position)
    {
        Clear(position, Count - position);
        Count = position;
    }

    /// <summary>Removes all, and keeps no memory.</summary>
    public void RemoveAll()
    {
        _pages.Clear();
        _spare.Clear();
        (_first, Count) = (0, 0);
    }

    /// <summary>Copies as many as the target takes, from a position on.</summary>
    public void CopyTo(int position, Span<LogEntry> target)
    {
        while (target.Length > 0)
        {
            var part = PartOf(position, target.Length);
            part.CopyTo(target);
            target = target[part.Length..];
            position += part.Length;
        }
    }

    /// <summary>Payloads are to be collected.</summary>
    private void Clear(int position, int count)
    {
        while (count > 0)
        {
            var part = PartOf(position, count);
            part.Clear();
            position += part.Length;
            count -= part.Length;
        }
    }

    private Span<LogEntry> PartOf(int position, int most)
    {
        var at = _first + position;
        var start = at & (PageEntries - 1);
        return _pages[at >> PageBits].AsSpan(start, Math.Min(most, PageEntries - start));
    }

    private LogEntry[] TakePage()
    {
        if (_spare.Count == 0)
        {
            return new LogEntry[PageEntries];
        }

        var page = _spare[^1];
        _spare.RemoveAt(_spare.Count - 1);
        return page;
    }
}
