namespace ReplicatedBook.Matching;

/// <summary>Names to numbers, sorted by their characters: no hash of a text, whose value differs between
/// processes.</summary>
internal sealed class SymbolTable
{
    private readonly List<(string Symbol, int Id)> _entries = [];

    /// <summary>The number of a name; 0 when there is none.</summary>
    public int Find(string symbol)
    {
        var position = Position(symbol);
        return position < _entries.Count && string.Equals(_entries[position].Symbol, symbol, StringComparison.Ordinal)
            ? _entries[position].Id
            : 0;
    }

    /// <summary>Adds a name that is not in it.</summary>
    public void Add(string symbol, int id) => _entries.Insert(Position(symbol), (symbol, id));

    private int Position(string symbol)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(_entries[middle].Symbol, symbol) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
