using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Orders in one array, given out and taken back by slot; of the free slots the last few are used again first,
/// then the lowest.</summary>
/// <remarks>A reference into it is good until the next <see cref="Take"/>.</remarks>
internal sealed class OrderPool
{
    private readonly PagedArray<Order> _orders = new();
    private readonly PagedArray<ClientReference> _references = new();
    private readonly PagedArray<OrderOptions> _options = new();
    private readonly FreeSlots _free = new();
    private readonly int[] _justFreed = new int[64]; // Given out first: what was in them is still in the cache.
    private int _justFreedCount;
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

    /// <summary>Lots that the book shows of the order in a slot: all that are left but what an iceberg hides.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="order">The same.</param>
    public long Shown(int slot, in Order order) =>
        order.HasOptions ? order.Remaining - _options[slot].Hidden : order.Remaining;

    /// <summary>Gives out a slot; what is in it is left over from its last use.</summary>
    public int Take()
    {
        Count++;
        if (_justFreedCount > 0)
        {
            return _justFreed[--_justFreedCount];
        }

        if (_free.Count > 0)
        {
            return _free.TakeLowest();
        }

        _orders.Ensure(_everUsed);
        return _everUsed++;
    }

    /// <summary>Takes a slot back.</summary>
    public void Release(int slot)
    {
        Count--;
        if (_justFreedCount < _justFreed.Length)
        {
            _justFreed[_justFreedCount++] = slot;
        }
        else
        {
            _free.Add(slot);
        }
    }

    /// <summary>Takes an image of all orders.</summary>
    public FrozenOrders Freeze() => new(_orders.Freeze(), _references.Freeze(), _options.Freeze());
}
