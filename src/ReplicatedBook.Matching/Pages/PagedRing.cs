namespace ReplicatedBook.Matching.Pages;

/// <summary>The last items by ever growing number, from 1 on; a new one takes the place of the oldest once the limit is
/// reached. Unlike those of a <see cref="PagedQueue{T}"/> they may be changed.</summary>
/// <param name="limit">Most items kept; at least 1.</param>
internal sealed class PagedRing<T>(int limit)
    where T : struct
{
    private readonly PagedArray<T> _items = new();
    private int _lastSlot = limit - 1; // Kept, since dividing for every item would cost more than all else here.

    /// <summary>Number of the oldest item kept; that of the next one when none is.</summary>
    public long First { get; private set; } = 1;

    /// <summary>Number of the next item.</summary>
    public long Next { get; private set; } = 1;

    /// <summary>Items kept.</summary>
    public int Count => (int)(Next - First);

    /// <summary>Whether the next item takes the place of the oldest.</summary>
    public bool IsFull => Count == limit;

    /// <summary>An item that is kept.</summary>
    public ref readonly T this[long number] => ref _items[SlotOf(number)];

    /// <summary>What is in a slot, kept or not.</summary>
    public ref readonly T InSlot(int slot) => ref _items[slot];

    /// <summary>What is in a slot, to be changed.</summary>
    public ref T EditSlot(int slot) => ref _items.Edit(slot);

    /// <summary>Whether an item is kept.</summary>
    public bool Holds(long number) => number >= First && number < Next;

    /// <summary>The slot of an item; no two kept have the same.</summary>
    public int SlotOf(long number) => (int)((number - 1) % limit);

    /// <summary>The slot of the item added last.</summary>
    public int LastSlot => _lastSlot;

    /// <summary>The slot that the next item takes: that of the oldest when the ring is full.</summary>
    public int NextSlot => _lastSlot + 1 == limit ? 0 : _lastSlot + 1;

    /// <summary>Gives out the next number and its place, which the caller fills, and forgets the oldest item where the
    /// limit is reached.</summary>
    public ref T Add(out long number)
    {
        if (IsFull)
        {
            First++;
        }

        number = Next++;
        _lastSlot = NextSlot;
        _items.Ensure(_lastSlot);
        return ref _items.Edit(_lastSlot);
    }

    /// <summary>Starts an empty ring behind items that are no longer kept.</summary>
    public void StartBehind(long last)
    {
        Invariant.Require(Count == 0 && Next <= last + 1, "only an empty ring is given a start");
        (First, Next) = (last + 1, last + 1);
        _lastSlot = (int)((last + limit - 1) % limit);
    }

    /// <summary>Takes an image of all items.</summary>
    public FrozenRing<T> Freeze() => new(_items.Freeze(), limit, First, Next);
}
