using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>How orders come into the lists, and how they leave them.</content>
public sealed partial class Exchange
{
    /// <summary>Whether the indexes of orders and bets know as many as are kept, and have moved on together.</summary>
    internal bool AreIndexesSound =>
        _orderIndex.Newest == _betIndex.Newest
        && _orderIndex.CountOrders() == _orders.Count + _closedOrders.Count
        && _betIndex.CountOrders() == _bets.Count + _closedBets.Count;

    /// <summary>Makes an order findable by id, by account, by session, and by the time it ends at.</summary>
    private void List(int slot, ref Order order)
    {
        LinkToAccount(slot, ref order);
        _orderIndex.AddOpen(order.Id, slot);
        NoteEnd(slot, in order);
        if (order.HasSession)
        {
            LinkToSession(slot);
        }
    }

    private void NoteEnd(int slot, in Order order)
    {
        if (order.TimeInForce == TimeInForce.GoodTilDate)
        {
            _ends.Add(slot, _orders.Options(slot).ExpiresAt, order.Id);
            NoteDue(_ends.FirstDue);
        }
    }

    /// <summary>Puts an order at the end of its account's open orders. Ids only grow, so they stay in order of
    /// id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LinkToAccount(int slot, ref Order order)
    {
        ref var open = ref _ledger.Account(order.Account).Open;
        var last = open.Last;
        order.NextOfAccount = -1;
        order.PreviousOfAccount = last;
        if (last >= 0)
        {
            _orders.Edit(last).NextOfAccount = slot;
        }
        else
        {
            open.First = slot;
        }

        open.Last = slot;
        open.Count++;
    }

    /// <summary>The reverse of <see cref="List"/>; the id stays.</summary>
    private void Unlist(int slot, in Order order, ref OrderChain open)
    {
        var (next, previous) = (order.NextOfAccount, order.PreviousOfAccount);
        open.Count--;
        if (slot == open.First)
        {
            open.First = next; // What stands before the first is never asked.
            open.Last = next < 0 ? -1 : open.Last;
        }
        else
        {
            _orders.Edit(previous).NextOfAccount = next;
            if (next >= 0)
            {
                _orders.Edit(next).PreviousOfAccount = previous;
            }
            else
            {
                open.Last = previous;
            }
        }

        if (order.TimeInForce == TimeInForce.GoodTilDate)
        {
            _ends.Remove(slot);
        }

        if (order.HasSession)
        {
            UnlinkFromSession(slot);
        }
    }

    /// <summary>Takes a resting or waiting order out of book and lists and gives back what is reserved for
    /// it.</summary>
    /// <returns>Its slot among the closed.</returns>
    private int CloseResting(int slot, in Order order, OrderStatus status, StatusReason reason)
    {
        var instrument = _instruments[order.Instrument - 1];
        BookOf(in order, instrument).Remove(slot, in order);
        Hold(in order, -order.Reserved);
        return Close(slot, in order, isListed: true, status, reason);
    }

    /// <summary>Moves an order that is in no book any more, and for which balances hold nothing, to the
    /// closed.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="order">The same.</param>
    /// <param name="isListed">Whether it was findable.</param>
    /// <param name="status">Where it stands now.</param>
    /// <param name="reason">Why.</param>
    /// <returns>Its slot there.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // Called from many places; its code is kept once.
    private int Close(int slot, in Order order, bool isListed, OrderStatus status, StatusReason reason)
    {
        ref var account = ref _ledger.Account(order.Account);
        if (isListed)
        {
            Unlist(slot, in order, ref account.Open);
        }

        ref var ofAccount = ref account.Closed;
        var closed = ofAccount.Count >= _limits.MaxClosedOrdersPerAccount ? ofAccount.First
            : _closedOrders.Count >= _limits.MaxClosedOrders ? _closedOrders.Oldest
            : -1;

        // Its end is written to the copy: copying what was just written in smaller pieces stalls the processor.
        ref var copy = ref closed < 0
            ? ref _closedOrders.Add(in order, ref ofAccount, out closed)
            : ref CloseInPlaceOf(closed, in order, ref ofAccount);
        copy.Reserved = 0;
        copy.Status = status;
        copy.Reason = reason;
        copy.UpdatedIndex = AppliedIndex;
        copy.UpdatedAt = Now.Microseconds;
        if (order.HasReference || order.HasOptions)
        {
            CopyBeside(slot, closed, in order);
        }

        _orderIndex.SetClosed(order.Id, closed, isNew: !isListed);
        _orders.Release(slot);
        return closed;
    }

    /// <summary>Copies what few orders have.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CopyBeside(int slot, int closed, in Order order)
    {
        if (order.HasReference)
        {
            _closedOrders.EditReference(closed) = _orders.Reference(slot);
        }

        if (order.HasOptions)
        {
            _closedOrders.EditOptions(closed) = _orders.Options(slot);
        }
    }

    /// <summary>Forgets a closed order, the first that its account closed, for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Order CloseInPlaceOf(int slot, in Order order, ref OrderChain ofAccount)
    {
        ref var forgotten = ref _closedOrders.Edit(slot);
        if (forgotten.HasReference)
        {
            ForgetReference(slot, in forgotten);
        }

        _orderIndex.Forget(forgotten.Id);
        _closedOrders.Replace(
            slot, ref forgotten, ref _ledger.Account(forgotten.Account).Closed, in order, ref ofAccount);
        return ref forgotten;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ForgetReference(int slot, in Order order)
    {
        var hash = ContentHash.Of((ulong)order.Account, _closedOrders.Reference(slot).Id.Bytes);
        _clientOrders.Remove(hash, order.Id);
    }
}
