using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Orders in one array, given out and taken back by slot; of the free slots the last few are used again first,
/// then the lowest, some at a time.</summary>
/// <remarks>A reference into it is good until the next <see cref="Take"/>.</remarks>
internal sealed class OrderPool
{
    private const int Most = 64; // Slots at hand.
    private const int Half = Most / 2; // So many come and go at once, so that one seldom has to ask.

    private readonly PagedArray<Order> _orders = new();
    private readonly PagedArray<ClientReference> _references = new();
    private readonly PagedArray<OrderOptions> _options = new();
    private readonly FreeSlots _free = new();
    private readonly int[] _atHand = new int[Most]; // Free ones, given out from the end: what was freed last is first.
    private int _countAtHand;
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
        if (_countAtHand == 0)
        {
            Fetch();
        }

        return _atHand[--_countAtHand];
    }

    /// <summary>Takes a slot back.</summary>
    public void Release(int slot)
    {
        Count--;
        if (_countAtHand == Most)
        {
            PutAway();
        }

        _atHand[_countAtHand++] = slot;
    }

    /// <summary>Takes an image of all orders.</summary>
    public FrozenOrders Freeze() => new(_orders.Freeze(), _references.Freeze(), _options.Freeze());

    /// <summary>Brings the lowest free slots to hand, to be given out in ascending order; new ones where there are
    /// none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fetch()
    {
        var areNew = _free.Count == 0;
        _countAtHand = areNew ? Half : Math.Min(Half, _free.Count);
        _orders.Ensure(areNew ? _everUsed + Half - 1 : 0);
        for (var i = _countAtHand - 1; i >= 0; i--)
        {
            _atHand[i] = areNew ? _everUsed++ : _free.TakeLowest();
        }
    }

    /// <summary>Puts those away that were freed first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutAway()
    {
        foreach (var slot in _atHand.AsSpan(0, Half))
        {
            _free.Add(slot);
        }

        _countAtHand -= Half;
        _atHand.AsSpan(Half).CopyTo(_atHand);
    }
}
