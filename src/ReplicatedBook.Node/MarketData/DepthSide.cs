using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.MarketData;

/// <summary>All lines of one side of a book, of which the best so many are in view. The best is last.</summary>
/// <param name="side">Which side.</param>
/// <param name="depth">Most lines in view.</param>
internal sealed class DepthSide(Side side, int depth)
{
    private readonly List<BookLine> _lines = [];
    private readonly Dictionary<Price, BookLine> _before = []; // What was in view of the prices that were touched.

    /// <summary>All lines, in view or not.</summary>
    public int Count => _lines.Count;

    /// <summary>A line by rank.</summary>
    /// <param name="rank">0 for the best.</param>
    public BookLine this[int rank] => _lines[_lines.Count - 1 - rank];

    /// <summary>The lines in view, best first.</summary>
    public BookLine[] InView()
    {
        var lines = new BookLine[Math.Min(depth, Count)];
        for (var rank = 0; rank < lines.Length; rank++)
        {
            lines[rank] = this[rank];
        }

        return lines;
    }

    /// <summary>Forgets all and begins anew.</summary>
    /// <param name="lines">All lines, best first.</param>
    public void Load(IEnumerable<BookLine> lines)
    {
        _lines.Clear();
        _before.Clear();
        _lines.AddRange(lines);
        _lines.Reverse();
    }

    /// <summary>Sets what stands at a price; a line without lots is taken out.</summary>
    public void Set(BookLine line)
    {
        var place = Search(line.Price);
        if (place < 0)
        {
            if (line.Quantity.Lots != 0)
            {
                Insert(~place, line);
            }

            return;
        }

        var isInView = _lines.Count - 1 - place < depth;
        if (isInView)
        {
            Note(_lines[place]);
        }

        if (line.Quantity.Lots != 0)
        {
            _lines[place] = line;
            return;
        }

        _lines.RemoveAt(place);
        if (isInView && Count >= depth)
        {
            Note(Nothing(this[depth - 1].Price)); // It comes into view.
        }
    }

    /// <summary>What has changed in view since this was last asked, best first.</summary>
    public BookLine[] TakeChanges()
    {
        if (_before.Count == 0)
        {
            return [];
        }

        var changes = new List<BookLine>(_before.Count);
        foreach (var (price, before) in _before)
        {
            var place = Search(price);
            var now = place >= 0 && _lines.Count - 1 - place < depth ? _lines[place] : Nothing(price);
            if (now != before)
            {
                changes.Add(now);
            }
        }

        _before.Clear();
        changes.Sort((one, other) => Key(other.Price).CompareTo(Key(one.Price)));
        return [.. changes];
    }

    private static BookLine Nothing(Price price) => new(price, default, 0);

    private void Insert(int place, BookLine line)
    {
        _lines.Insert(place, line);
        if (_lines.Count - 1 - place >= depth)
        {
            return;
        }

        Note(Nothing(line.Price));
        if (Count > depth)
        {
            Note(this[depth]); // It goes out of view.
        }
    }

    private void Note(BookLine before) => _before.TryAdd(before.Price, before);

    private int Search(Price price)
    {
        var key = Key(price);
        int low = 0, high = _lines.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Key(_lines[middle].Price);
            if (found == key)
            {
                return middle;
            }

            (low, high) = found < key ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    /// <summary>The better the larger.</summary>
    private long Key(Price price) => side == Side.Buy ? price.Ticks : -price.Ticks;
}
