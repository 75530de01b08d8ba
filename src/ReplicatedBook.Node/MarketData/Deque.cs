namespace ReplicatedBook.Node.MarketData;

/// <summary>A queue that can be looked into by place.</summary>
internal sealed class Deque<T>
{
    private T[] _items = new T[16];
    private int _first;

    public int Count { get; private set; }

    /// <summary>By place, 0 for the first.</summary>
    public T this[int place] => _items[(_first + place) & (_items.Length - 1)];

    public void AddLast(T item)
    {
        if (Count == _items.Length)
        {
            var larger = new T[2 * _items.Length];
            for (var place = 0; place < Count; place++)
            {
                larger[place] = this[place];
            }

            (_items, _first) = (larger, 0);
        }

        _items[(_first + Count++) & (_items.Length - 1)] = item;
    }

    /// <summary>Takes out the first; there must be one.</summary>
    public T RemoveFirst()
    {
        var item = _items[_first];
        _items[_first] = default!; // Its memory is to be collected.
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    public void Clear()
    {
        Array.Clear(_items);
        (_first, Count) = (0, 0);
    }
}
