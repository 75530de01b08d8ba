using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Orders in one array, given out and taken back by slot; a free slot is used again before the array
/// grows.</summary>
/// <remarks>A reference into it is good until the next <see cref="Take"/>.</remarks>
internal sealed class OrderPool
{
    private readonly PagedArray<Order> _orders = new();
    private readonly PagedArray<ClientReference> _references = new();
    private readonly PagedArray<OrderOptions> _options = new();
    private int _firstFree = -1;
    private int _lastFree = -1; // Given back last, and not yet linked to the others.
    private int _everUsed;

    /// <summary>Slots in use.</summary>
    public int Count { get; private set; }

    /// <summary>The order in a slot, to be looked at.</summary>
    public ref readonly Order this[int slot] => ref _orders[slot];

    /// <summary>The order in a slot, to be changed.</summary>
    public ref Order Edit(int slot) => ref _orders.Edit(slot);

    /// <summary>The client's reference of the order in a slot, to be looked at; there is one when the order says
    /// so.</summary>
    public ref readonly ClientReference Reference(int slot) => ref _references[slot];

    /// <summary>The client's reference of the order in a slot, to be changed.</summary>
    public ref ClientReference EditReference(int slot)
    {
        _references.Ensure(slot);
        return ref _references.Edit(slot);
    }

    /// <summary>The options of the order in a slot, to be looked at; there are some when the order says so.</summary>
    public ref readonly OrderOptions Options(int slot) => ref _options[slot];

    /// <summary>The options of the order in a slot, to be changed.</summary>
    public ref OrderOptions EditOptions(int slot)
    {
        _options.Ensure(slot);
        return ref _options.Edit(slot);
    }

    /// <summary>Gives out a slot; what is in it is left over from its last use.</summary>
    public int Take()
    {
        Count++;
        var slot = _lastFree;
        if (slot >= 0)
        {
            _lastFree = -1;
            return slot;
        }

        slot = _firstFree;
        if (slot >= 0)
        {
            _firstFree = _orders[slot].Next;
            return slot;
        }

        _orders.Ensure(_everUsed);
        return _everUsed++;
    }

    /// <summary>Takes a slot back.</summary>
    public void Release(int slot)
    {
        Count--;
        if (_lastFree >= 0)
        {
            _orders.Edit(_lastFree).Next = _firstFree;
            _firstFree = _lastFree;
        }

        _lastFree = slot;
    }

    /// <summary>Takes an image of all orders.</summary>
    public FrozenOrders Freeze() => new(_orders.Freeze(), _references.Freeze(), _options.Freeze(), links: null);
}
