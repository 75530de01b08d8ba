using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Taking an order out.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyCancelOrder(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadCancel(ref reader, out var account, out var order, out var clientOrderId))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None
            ? Cancel(header.User, new AccountId(account), order, clientOrderId)
            : barred;
        AnswerOrder(reason);
        return reason;
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, OrderNotFound, OrderNotOpen.</summary>
    /// <remarks>Possible whatever the instrument's status.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal RejectReason Cancel(UserId user, AccountId named, long order, ReadOnlySpan<byte> clientOrderId)
    {
        RejectReason reason;
        if (order != 0)
        {
            reason = FindOwnOrder(user, named, order, out var slot, out var isOpen);
            return reason != RejectReason.None ? reason : CancelIfOpen(slot, isOpen);
        }

        var account = ResolveAccount(user, named, out reason);
        if (account == 0)
        {
            return reason;
        }

        var id = clientOrderId.IsEmpty ? 0 : FindByClientOrderId(account, clientOrderId);
        return id == 0 ? RejectReason.OrderNotFound : Cancel(user, new AccountId(account), id, default);
    }

    private RejectReason CancelIfOpen(int slot, bool isOpen)
    {
        Show(isOpen ? CancelResting(slot, StatusReason.UserRequest) : slot, isOpen: false);
        return isOpen ? RejectReason.None : RejectReason.OrderNotOpen;
    }

    /// <summary>Finds an order if it is the sender's.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="named">The account it must belong to; 0 for any of the sender's.</param>
    /// <param name="order">Its id.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="isOpen">Among the open or the closed.</param>
    /// <returns>AccountNotFound, OrderNotFound or None.</returns>
    private RejectReason FindOwnOrder(UserId user, AccountId named, long order, out int slot, out bool isOpen)
    {
        (slot, isOpen) = (-1, false);
        if (named.Value != 0 && ResolveAccount(user, named, out var reason) == 0)
        {
            return reason;
        }

        slot = Locate(order, out isOpen);
        if (isOpen && HasLeftOver && IsOver(slot))
        {
            (slot, isOpen) = (End(slot), false);
        }

        if (slot < 0)
        {
            return RejectReason.OrderNotFound;
        }

        var owner = OrderAt(slot, isOpen).Account;
        return (named.Value != 0 ? owner == named.Value : Owns(user, owner))
            ? RejectReason.None
            : RejectReason.OrderNotFound;
    }

    /// <summary>Finds an order by its id.</summary>
    /// <returns>Its slot among the open or the closed; -1 when it is not, or no longer, known.</returns>
    private int Locate(long id, out bool isOpen)
    {
        var slot = _orderIndex.Find(id, out isOpen);
        return isOpen || slot < 0 || _closedOrders[slot].Id == id ? slot : -1;
    }

    private ref readonly Order OrderAt(int slot, bool isOpen)
    {
        if (isOpen)
        {
            return ref _orders[slot];
        }

        return ref _closedOrders[slot];
    }

    private ref readonly ClientReference ReferenceOf(int slot, bool isOpen)
    {
        if (isOpen)
        {
            return ref _orders.Reference(slot);
        }

        return ref _closedOrders.Reference(slot);
    }

    private ref readonly OrderOptions OptionsOf(int slot, bool isOpen)
    {
        if (isOpen)
        {
            return ref _orders.Options(slot);
        }

        return ref _closedOrders.Options(slot);
    }

    /// <summary>Makes the answer show an order.</summary>
    private void Show(int slot, bool isOpen)
    {
        _shown.Slot = slot;
        _shown.IsOpen = isOpen;
        _shown.IsExisting = false;
    }

    /// <summary>The order with a client order id, open or closed; 0 when there is none or it is no longer
    /// kept.</summary>
    private long FindByClientOrderId(int account, ReadOnlySpan<byte> clientOrderId)
    {
        var hash = ContentHash.Of((ulong)account, clientOrderId);
        var place = _clientOrders.Start(hash);
        while (_clientOrders.Next(hash, ref place) is not 0 and var id)
        {
            var slot = Locate(id, out var isOpen);
            if (OrderAt(slot, isOpen).Account == account
                && ReferenceOf(slot, isOpen).Id.Bytes.SequenceEqual(clientOrderId))
            {
                return id;
            }
        }

        return 0;
    }

    /// <summary>Takes a resting order out, gives back what was reserved, and says so.</summary>
    /// <returns>Its slot among the closed.</returns>
    private int CancelResting(int slot, StatusReason reason)
    {
        ref readonly var order = ref _orders[slot];
        _events.Canceled(in order, reason);
        return CloseResting(slot, in order, OrderStatus.Canceled, reason);
    }
}
