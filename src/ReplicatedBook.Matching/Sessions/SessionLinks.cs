using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Pages;

namespace ReplicatedBook.Matching.Sessions;

/// <summary>The sessions of those open orders, or bets, that have one, by the slot of the order.</summary>
/// <remarks>A session's list holds its open orders and nothing else, so it is never to be cleared of closed ones. Slots
/// of orders without a session cost nothing but room.</remarks>
internal sealed class SessionLinks
{
    private readonly PagedArray<SessionLink> _links = new();

    /// <summary>Slot of the session of the order in a slot; it must have one.</summary>
    public int SessionOf(int slot) => _links[slot].Session;

    /// <summary>Slot of the order behind another one; -1 behind the last.</summary>
    public int Next(int slot) => _links[slot].Next;

    /// <summary>Says which session an order is of, before it is in any list.</summary>
    public void Assign(int slot, int session)
    {
        _links.Ensure(slot);
        _links.Edit(slot).Session = session;
    }

    /// <summary>Puts an order at the end of its session's. Ids only grow, so they stay in order of id.</summary>
    public void Add(int slot, ref OrderChain chain)
    {
        ref var link = ref _links.Edit(slot);
        (link.Next, link.Previous) = (-1, chain.Last);
        (chain.Last >= 0 ? ref _links.Edit(chain.Last).Next : ref chain.First) = slot;
        chain.Last = slot;
        chain.Count++;
    }

    /// <summary>Takes an order out of its session's.</summary>
    public void Remove(int slot, ref OrderChain chain)
    {
        ref readonly var link = ref _links[slot];
        (link.Previous >= 0 ? ref _links.Edit(link.Previous).Next : ref chain.First) = link.Next;
        (link.Next >= 0 ? ref _links.Edit(link.Next).Previous : ref chain.Last) = link.Previous;
        chain.Count--;
    }

    /// <summary>Takes an image of all.</summary>
    public FrozenArray<SessionLink> Freeze() => _links.Freeze();
}
