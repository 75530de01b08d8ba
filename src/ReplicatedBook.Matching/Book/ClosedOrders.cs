using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>Closed orders that are still kept, in order of closing: apart from the open ones, whose array stays
/// small.</summary>
/// <remarks>Its slots are 0 to one less than there are: once it is full, one is forgotten for each that comes, which
/// takes its slot. An order's links lead to its neighbours here, in a circle: so the one that takes the place of the
/// oldest, as nearly all do, is linked already.</remarks>
internal sealed class ClosedOrders
{
    private readonly PagedArray<Order> _orders = new();
    private readonly PagedArray<ClientReference> _references = new();
    private readonly PagedArray<OrderOptions> _options = new();

    /// <summary>How many are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Slot of the one closed first; -1 when there is none.</summary>
    public int Oldest { get; private set; } = -1;

    /// <summary>The order in a slot.</summary>
    public ref readonly Order this[int slot] => ref _orders[slot];

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
    public FrozenOrders Freeze() => new(_orders.Freeze(), _references.Freeze(), _options.Freeze());

    /// <summary>Takes a copy of an order as the youngest, behind its account's others. Its reference and options, if it
    /// has any, are for the caller to copy.</summary>
    public ref Order Add(in Order order, ref OrderChain ofAccount, out int slot)
    {
        slot = Count++;
        _orders.Ensure(slot);
        ref var place = ref _orders.Edit(slot);
        place = order;
        LinkAsYoungest(slot, ref place);
        LinkToAccount(slot, ref place, ref ofAccount);
        return ref place;
    }

    /// <summary>The order in a slot, to be replaced.</summary>
    public ref Order Edit(int slot) => ref _orders.EditNear(slot);

    /// <summary>As <see cref="Add"/>, in the slot of an order that its account closed first, and which is
    /// forgotten.</summary>
    /// <param name="slot">That slot.</param>
    /// <param name="place">The same.</param>
    /// <param name="ofForgotten">The closed orders of the account of the forgotten one.</param>
    /// <param name="order">What is copied.</param>
    /// <param name="ofAccount">The closed orders of its account, which may be the same.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Replace(
        int slot, ref Order place, ref OrderChain ofForgotten, in Order order, ref OrderChain ofAccount)
    {
        CacheLines.FetchAheadOf(in place);
        ofForgotten.First = place.NextOfAccount;
        if (ofForgotten.First < 0)
        {
            ofForgotten.Last = -1;
        }

        ofForgotten.Count--;
        var (next, previous) = (place.Next, place.Previous);
        if (slot == Oldest)
        {
            Oldest = next;
            place = order;
            place.Next = next;
            place.Previous = previous;
        }
        else
        {
            Move(slot, ref place, in order);
        }

        LinkToAccount(slot, ref place, ref ofAccount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LinkToAccount(int slot, ref Order order, ref OrderChain ofAccount)
    {
        var last = ofAccount.Last;
        order.NextOfAccount = -1;
        if (last >= 0)
        {
            _orders.EditFar(last).NextOfAccount = slot;
        }
        else
        {
            ofAccount.First = slot;
        }

        ofAccount.Last = slot;
        ofAccount.Count++;
    }

    /// <summary>Puts an order in the place of one that is not the oldest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Move(int slot, ref Order place, in Order order)
    {
        _orders.Edit(place.Previous).Next = place.Next;
        _orders.Edit(place.Next).Previous = place.Previous;
        place = order;
        LinkAsYoungest(slot, ref place);
    }

    private void LinkAsYoungest(int slot, ref Order order)
    {
        if (Oldest < 0)
        {
            (order.Next, order.Previous, Oldest) = (slot, slot, slot);
            return;
        }

        ref var oldest = ref _orders.Edit(Oldest);
        (order.Next, order.Previous) = (Oldest, oldest.Previous);
        _orders.Edit(oldest.Previous).Next = slot;
        oldest.Previous = slot;
    }
}
