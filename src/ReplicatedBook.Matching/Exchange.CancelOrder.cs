using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Taking an order out.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyCancelOrder(in CommandHeader header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out CancelOrder command))
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var decision = barred == RejectReason.None ? Cancel(header.User, in command) : new Decision(barred);
        AnswerOrder(in decision);
        return decision.Reason;
    }

    /// <summary>Checked in this order: AccountRequired, AccountNotFound, OrderNotFound, OrderNotOpen.</summary>
    /// <remarks>Possible whatever the instrument's status.</remarks>
    internal Decision Cancel(UserId user, in CancelOrder command)
    {
        RejectReason reason;
        Decision found;
        if (command.Order.Value != 0)
        {
            found = FindOwnOrder(user, command.Account, command.Order, out reason);
        }
        else
        {
            var account = ResolveAccount(user, command.Account, out reason);
            if (account == 0)
            {
                return new Decision(reason);
            }

            var id = command.ClientOrderId.IsEmpty ? 0 : FindByClientOrderId(account, command.ClientOrderId.Bytes);
            found = Locate(id, out reason);
        }

        if (reason != RejectReason.None || !found.IsOpen)
        {
            return found with { Reason = reason != RejectReason.None ? reason : RejectReason.OrderNotOpen };
        }

        return new Decision(RejectReason.None) { Slot = CancelResting(found.Slot, StatusReason.UserRequest) };
    }

    /// <summary>Finds an order if it is the sender's.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="named">The account it must belong to; 0 for any of the sender's.</param>
    /// <param name="order">Its id.</param>
    /// <param name="reason">AccountNotFound, OrderNotFound or None.</param>
    private Decision FindOwnOrder(UserId user, AccountId named, OrderId order, out RejectReason reason)
    {
        if (named.Value != 0 && ResolveAccount(user, named, out reason) == 0)
        {
            return Decision.Nothing;
        }

        var found = Locate(order.Value, out reason);
        if (reason != RejectReason.None)
        {
            return Decision.Nothing;
        }

        var owner = OrderAt(in found).Account;
        if (named.Value != 0 ? owner != named.Value : _ledger.Account(owner).User != user.Value)
        {
            reason = RejectReason.OrderNotFound;
            return Decision.Nothing;
        }

        return found;
    }

    private Decision Locate(long id, out RejectReason reason)
    {
        reason = RejectReason.None;
        var slot = _openOrders.Find(id);
        if (slot >= 0)
        {
            return new Decision(RejectReason.None) { Slot = slot, IsOpen = true };
        }

        slot = _closedOrders.Find(id);
        if (slot < 0)
        {
            reason = RejectReason.OrderNotFound;
        }

        return new Decision(RejectReason.None) { Slot = slot };
    }

    private ref Order OrderAt(scoped in Decision decision)
    {
        if (decision.IsOpen)
        {
            return ref _orders[decision.Slot];
        }

        return ref _closedOrders[decision.Slot];
    }

    /// <summary>The order with a client order id, open or closed; 0 when there is none or it is no longer
    /// kept.</summary>
    private long FindByClientOrderId(int account, ReadOnlySpan<byte> clientOrderId)
    {
        var hash = ContentHash.Of((ulong)account, clientOrderId);
        var place = _clientOrders.Start(hash);
        while (_clientOrders.Next(hash, ref place) is not 0 and var id)
        {
            var found = Locate(id, out _);
            if (OrderAt(in found).Account == account && ReferenceOf(in found).Id.Bytes.SequenceEqual(clientOrderId))
            {
                return id;
            }
        }

        return 0;
    }

    private ref ClientReference ReferenceOf(scoped in Decision decision)
    {
        if (decision.IsOpen)
        {
            return ref _orders.Reference(decision.Slot);
        }

        return ref _closedOrders.Reference(decision.Slot);
    }

    /// <summary>Takes a resting order out, gives back what was reserved, and says so.</summary>
    /// <returns>Its slot among the closed.</returns>
    private int CancelResting(int slot, StatusReason reason)
    {
        ref readonly var order = ref _orders[slot];
        _events.On(new OrderCanceled(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument), order.Side,
            new Price(order.Price), new Quantity(order.Remaining), reason));
        return CloseResting(slot, OrderStatus.Canceled, reason);
    }
}
