using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Book;

/// <summary>An image of orders, open or closed.</summary>
/// <param name="orders">The orders.</param>
/// <param name="references">Their references.</param>
/// <param name="options">Their options.</param>
internal sealed class FrozenOrders(
    FrozenArray<Order> orders, FrozenArray<ClientReference> references, FrozenArray<OrderOptions> options)
{
    /// <summary>The order in a slot.</summary>
    public ref readonly Order this[int slot] => ref orders[slot];

    /// <summary>Its client reference; there is one when the order says so.</summary>
    public ref readonly ClientReference Reference(int slot) => ref references[slot];

    /// <summary>Its options; there are some when the order says so.</summary>
    public ref readonly OrderOptions Options(int slot) => ref options[slot];

    /// <summary>Slot of the order behind it; of the last of a level, -1.</summary>
    public int Next(int slot) => orders[slot].Next;

    /// <summary>Says that it is no longer read.</summary>
    public void End()
    {
        orders.End();
        references.End();
        options.End();
    }
}
