using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Closed orders that are still kept, in order of closing: apart from the open ones, whose array stays
/// small.</summary>
internal sealed class ClosedOrders
{
    private readonly PagedArray<ClosedLink> _links = new();
    private readonly PagedArray<Order> _orders = new();
    private readonly PagedArray<ClientReference> _references = new();
    private readonly PagedArray<OrderOptions> _options = new();
    private int _youngest = -1;
    private int _firstFree = -1;
    private int _everUsed;

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Slot of the one closed first; -1 when there is none.</summary>
    public int Oldest { get; private set; } = -1;

    /// <summary>The order in a slot; its links are not kept up.</summary>
    public ref readonly Order this[int slot] => ref _orders[slot];

    /// <summary>What forgetting it has to know.</summary>
    public ref readonly ClosedLink Link(int slot) => ref _links[slot];

    /// <summary>Its client reference.</summary>
    public ref readonly ClientReference Reference(int slot) => ref _references[slot];

    /// <summary>Its options.</summary>
    public ref readonly OrderOptions Options(int slot) => ref _options[slot];

    /// <summary>Its client reference, to be filled.</summary>
    public ref ClientReference EditReference(int slot)
    {
        _references.Ensure(slot);
        return ref _references.Edit(slot);
    }

    /// <summary>Its options, to be filled.</summary>
    public ref OrderOptions EditOptions(int slot)
    {
        _options.Ensure(slot);
        return ref _options.Edit(slot);
    }

    /// <summary>Takes an image of all orders.</summary>
    public FrozenOrders Freeze() =>
        new(_orders.Freeze(), _references.Freeze(), _options.Freeze(), _links.Freeze());

    /// <summary>Takes a copy of an order as the youngest, and puts it behind its account's others. Its reference and
    /// options, if it has any, are for the caller to copy.</summary>
    public ref Order Add(in Order order, ref OrderChain ofAccount, out int slot)
    {
        slot = Take();
        _orders.FetchAheadOf(slot);
        _links.FetchAheadOf(slot);
        ref var copy = ref _orders.Edit(slot);
        copy = order;
        ref var link = ref _links.Edit(slot);
        link.Id = order.Id;
        link.Account = order.Account;
        link.HasReference = order.HasReference;
        link.Next = -1;
        link.NextOfAccount = -1;
        link.Previous = _youngest;
        if (_youngest >= 0)
        {
            _links.Edit(_youngest).Next = slot;
        }
        else
        {
            Oldest = slot;
        }

        _youngest = slot;
        if (ofAccount.Last >= 0)
        {
            _links.Edit(ofAccount.Last).NextOfAccount = slot;
        }
        else
        {
            ofAccount.First = slot;
        }

        ofAccount.Last = slot;
        ofAccount.Count++;
        return ref copy;
    }

    /// <summary>Forgets the order that its account closed first.</summary>
    public void RemoveFirst(ref OrderChain ofAccount)
    {
        var slot = ofAccount.First;
        ref var link = ref _links.Edit(slot);
        ofAccount.First = link.NextOfAccount;
        if (ofAccount.First < 0)
        {
            ofAccount.Last = -1;
        }

        ofAccount.Count--;
        if (slot != Oldest)
        {
            Unlink(slot, in link);
        }
        else
        {
            Oldest = link.Next; // Its own link back is left as it is: that of the oldest is never followed.
            _youngest = Oldest < 0 ? -1 : _youngest;
        }

        Count--;
        link.Id = 0;
        link.Next = _firstFree;
        _firstFree = slot;
    }

    /// <summary>Takes out an order that is behind another.</summary>
    private void Unlink(int slot, in ClosedLink link)
    {
        _links.Edit(link.Previous).Next = link.Next;
        if (slot == _youngest)
        {
            _youngest = link.Previous;
        }
        else
        {
            _links.Edit(link.Next).Previous = link.Previous;
        }
    }

    private int Take()
    {
        Count++;
        var slot = _firstFree;
        if (slot >= 0)
        {
            _firstFree = _links[slot].Next;
            return slot;
        }

        _orders.Ensure(_everUsed);
        _links.Ensure(_everUsed);
        return _everUsed++;
    }
}
