namespace ReplicatedBook.Matching.Book;

/// <summary>Orders in one array, given out and taken back by slot; a free slot is used again before the array
/// grows.</summary>
/// <remarks>A reference into it is good until the next <see cref="Take"/>.</remarks>
internal sealed class OrderPool
{
    private Order[] _orders = new Order[16];
    private ClientReference[] _references = [];
    private int _firstFree = -1;
    private int _everUsed;

    /// <summary>Slots in use.</summary>
    public int Count { get; private set; }

    /// <summary>The order in a slot.</summary>
    public ref Order this[int slot] => ref _orders[slot];

    /// <summary>The client's reference of the order in a slot; there is one when the order says so.</summary>
    public ref ClientReference Reference(int slot)
    {
        if (slot >= _references.Length)
        {
            Array.Resize(ref _references, _orders.Length);
        }

        return ref _references[slot];
    }

    /// <summary>Gives out a slot; what is in it is left over from its last use.</summary>
    public int Take()
    {
        Count++;
        var slot = _firstFree;
        if (slot >= 0)
        {
            _firstFree = _orders[slot].Next;
            return slot;
        }

        if (_everUsed == _orders.Length)
        {
            Array.Resize(ref _orders, checked(_orders.Length * 2));
        }

        return _everUsed++;
    }

    /// <summary>Takes a slot back.</summary>
    public void Release(int slot)
    {
        Count--;
        _orders[slot].Next = _firstFree;
        _firstFree = slot;
    }
}
