namespace ReplicatedBook.Matching.Book;

/// <summary>Closed orders that are still kept, in order of closing: apart from the open ones, whose array stays
/// small.</summary>
internal sealed class ClosedOrders
{
    private readonly OrderPool _orders = new();

    /// <summary>How many are kept.</summary>
    public int Count => _orders.Count;

    /// <summary>Slot of the one closed first; -1 when there is none.</summary>
    public int Oldest { get; private set; } = -1;

    /// <summary>Slot of the one closed last; -1 when there is none.</summary>
    public int Youngest { get; private set; } = -1;

    /// <summary>The order in a slot.</summary>
    public ref readonly Order this[int slot] => ref _orders[slot];

    /// <summary>Its client reference.</summary>
    public ref readonly ClientReference Reference(int slot) => ref _orders.Reference(slot);

    /// <summary>Its client reference, to be filled.</summary>
    public ref ClientReference EditReference(int slot) => ref _orders.EditReference(slot);

    /// <summary>Its options.</summary>
    public ref readonly OrderOptions Options(int slot) => ref _orders.Options(slot);

    /// <summary>Its options, to be filled.</summary>
    public ref OrderOptions EditOptions(int slot) => ref _orders.EditOptions(slot);

    /// <summary>Takes an image of all orders.</summary>
    public FrozenOrders Freeze() => _orders.Freeze();

    /// <summary>Takes a copy of an order as the youngest, and puts it behind its account's others. Its reference and
    /// options, if it has any, are for the caller to copy.</summary>
    public int Add(in Order order, ref OrderChain ofAccount)
    {
        var slot = _orders.Take();
        ref var closed = ref _orders.Edit(slot);
        closed = order;
        closed.Previous = Youngest;
        closed.Next = -1;
        closed.NextOfAccount = -1;
        if (Youngest >= 0)
        {
            _orders.Edit(Youngest).Next = slot;
        }
        else
        {
            Oldest = slot;
        }

        Youngest = slot;
        if (ofAccount.Last >= 0)
        {
            _orders.Edit(ofAccount.Last).NextOfAccount = slot;
        }
        else
        {
            ofAccount.First = slot;
        }

        ofAccount.Last = slot;
        ofAccount.Count++;
        return slot;
    }

    /// <summary>Forgets the order that its account closed first.</summary>
    public void RemoveFirst(ref OrderChain ofAccount)
    {
        var slot = ofAccount.First;
        ref readonly var order = ref _orders[slot];
        ofAccount.First = order.NextOfAccount;
        if (ofAccount.First < 0)
        {
            ofAccount.Last = -1;
        }

        ofAccount.Count--;
        if (slot != Oldest)
        {
            Unlink(slot, in order);
        }
        else
        {
            Oldest = order.Next; // Its own link back is left as it is: that of the oldest is never followed.
            Youngest = Oldest < 0 ? -1 : Youngest;
        }

        _orders.Release(slot);
    }

    /// <summary>Takes out an order that is behind another.</summary>
    private void Unlink(int slot, in Order order)
    {
        _orders.Edit(order.Previous).Next = order.Next;
        if (slot == Youngest)
        {
            Youngest = order.Previous;
        }
        else
        {
            _orders.Edit(order.Next).Previous = order.Previous;
        }
    }
}
