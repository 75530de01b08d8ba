using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Placing an order.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyPlaceOrder(in Envelope header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryReadOrder(ref reader, header.Version, out var order)
            || (header.Version == CommandCodec.SessionVersion
                && !CommandReader.TryReadSession(ref reader, out order.Session))
            || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None
            ? Place(header.User, in order)
            : Reject(in order, order.Account, barred);
        AnswerOrder(reason);
        TriggerStops();
        return reason;
    }

    /// <summary>Checks an order and, if it passes, matches and rests it. Checked in this order: AccountRequired,
    /// AccountNotFound, ClientOrderIdReused, OrderSessionEnded, InstrumentNotFound, then as <see cref="Check"/>
    /// says.</summary>
    internal RejectReason Place(UserId user, in OrderTicket ticket)
    {
        var reason = Resolve(user, in ticket, out var account, out var instrument, out var repeated);
        if (repeated != 0)
        {
            Show(Locate(repeated, out var isOpen), isOpen);
            _shown.IsExisting = true;
            return RejectReason.None;
        }

        if (reason != RejectReason.None)
        {
            return Reject(in ticket, account == 0 ? ticket.Account : account, reason);
        }

        if (HasLeftOver || !IsUsual(account, instrument!, in ticket, out var needed))
        {
            return PlaceUnusual(account, instrument!, in ticket);
        }

        Accept(account, instrument!, in ticket, needed, isPlain: ticket.IsNameless);
        return RejectReason.None;
    }

    /// <summary>As <see cref="Place"/>, for an order that is not taken without a closer look.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private RejectReason PlaceUnusual(int account, Instrument instrument, in OrderTicket ticket)
    {
        EndAhead(instrument, ticket.Side, ticket.Price);
        var reason = Check(account, instrument, in ticket, out var needed);
        if (reason != RejectReason.None)
        {
            return Reject(in ticket, account, reason);
        }

        Accept(account, instrument, in ticket, needed, ticket.IsPlain);
        return RejectReason.None;
    }

    /// <summary>Finds what an order names.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="ticket">The order.</param>
    /// <param name="account">Whose it is; 0 when there is none.</param>
    /// <param name="instrument">What is traded; null when there is none.</param>
    /// <param name="repeated">The order that it repeats; 0 when it is new.</param>
    /// <returns>AccountRequired, AccountNotFound, ClientOrderIdReused, OrderSessionEnded, InstrumentNotFound or
    /// None.</returns>
    private RejectReason Resolve(
        UserId user, in OrderTicket ticket, out int account, out Instrument? instrument, out long repeated)
    {
        (instrument, repeated) = (null, 0);
        account = ResolveAccount(user, new AccountId(ticket.Account), out var reason);
        if (account == 0)
        {
            return reason;
        }

        if (!ticket.ClientOrderId.IsEmpty
            && FindByClientOrderId(account, ticket.ClientOrderId.Bytes) is not 0 and var id)
        {
            if (!IsRepeat(Locate(id, out var isOpen), isOpen, in ticket))
            {
                return RejectReason.ClientOrderIdReused;
            }

            repeated = id;
            return RejectReason.None;
        }

        if (ticket.Session != 0 && !MayPlaceIn(ticket.Session, user))
        {
            return RejectReason.OrderSessionEnded;
        }

        instrument = InstrumentOrNull(ticket.Instrument);
        return instrument is null ? RejectReason.InstrumentNotFound : RejectReason.None;
    }

    /// <summary>Takes the order in: from here on nothing is refused.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="instrument">What is traded.</param>
    /// <param name="ticket">The order.</param>
    /// <param name="needed">What <see cref="Check"/> says is held for it if it rests at once.</param>
    /// <param name="isPlain">As the order says of itself.</param>
    [MethodImpl(MethodImplOptions.NoInlining)] // What the checks have in registers is no longer needed.
    private void Accept(int account, Instrument instrument, in OrderTicket ticket, long needed, bool isPlain)
    {
        var slot = _orders.Take();
        ref var order = ref _orders.Edit(slot);
        Fill(ref order, account, instrument, in ticket);
        if (!isPlain)
        {
            FillBeside(slot, ref order, in ticket);
        }

        _events.Accepted(in order, ticket.ClientOrderId.Bytes);
        _shown.TradesBefore = _trades.LastId;
        if (!isPlain)
        {
            AcceptBeside(slot, in order, in ticket);
        }

        if (order.Type >= OrderType.Stop)
        {
            Wait(slot, instrument);
        }
        else
        {
            MatchAndRest(slot, ref order, instrument, isListed: false, needed);
        }
    }

    // What few orders have is kept out of the code for all: it would take registers from it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillBeside(int slot, ref Order order, in OrderTicket ticket)
    {
        order.Mark(ticket.IsPostOnly, ticket.HasOptions, ticket.Session != 0, order.IsMirrored);
        order.HasReference = !ticket.ClientOrderId.IsEmpty;
        if (!order.HasReference)
        {
            return;
        }

        ref var reference = ref _orders.EditReference(slot);
        reference.Id = ticket.ClientOrderId;
        reference.Price = order.Price;
        reference.Quantity = order.Remaining;
        _clientOrders.Add(ContentHash.Of((ulong)order.Account, ticket.ClientOrderId.Bytes), order.Id);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AcceptBeside(int slot, in Order order, in OrderTicket ticket)
    {
        if (order.HasOptions)
        {
            ref readonly var options = ref ticket.Options;
            _orders.EditOptions(slot) = options;
            var conditions = new OrderConditions(
                new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument),
                new Timestamp(options.ExpiresAt), new Quantity(options.Display), new Price(options.StopPrice),
                new Amount(options.QuoteUnits));
            _events.On(in conditions);
        }

        if (order.HasSession)
        {
            _orderSessions.Orders.Assign(slot, _orderSessions.Find(ticket.Session));
        }
    }

    private void Fill(ref Order order, int account, Instrument instrument, in OrderTicket ticket)
    {
        var (index, at) = (AppliedIndex, Now.Microseconds);
        order = default; // Faster than zeros one by one.
        order.Id = NextOrderId();
        order.Price = ticket.Price;
        order.Remaining = ticket.Lots;
        order.CreatedIndex = index;
        order.CreatedAt = at;
        order.UpdatedIndex = index;
        order.UpdatedAt = at;
        order.Account = account;
        order.Instrument = instrument.Id;
        order.Balances = _ledger.EnsureBalances(account, instrument);
        order.MakerFeeBps = instrument.MakerFeeBps;
        order.TakerFeeBps = instrument.TakerFeeBps;
        order.Side = ticket.Side;
        order.Type = ticket.Type;
        order.TimeInForce = ticket.TimeInForce;
        order.SelfTradePrevention = ticket.SelfTradePrevention;
        order.Status = OrderStatus.Open;
        order.Mark(false, false, false, instrument.IsMirror);
    }

    private bool IsRepeat(int slot, bool isOpen, in OrderTicket ticket)
    {
        ref readonly var order = ref OrderAt(slot, isOpen);
        ref readonly var first = ref ReferenceOf(slot, isOpen);
        return order.Instrument == ticket.Instrument && order.Side == ticket.Side && order.Type == ticket.Type
            && first.Price == ticket.Price && first.Quantity == ticket.Lots
            && order.TimeInForce == ticket.TimeInForce && order.IsPostOnly == ticket.IsPostOnly
            && order.SelfTradePrevention == ticket.SelfTradePrevention
            && (order.HasOptions ? OptionsOf(slot, isOpen) : default).AreAsIn(in ticket.Options);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RejectReason Reject(in OrderTicket ticket, long account, RejectReason reason)
    {
        var rejected = new OrderRejected(
            new AccountId(account), ticket.ClientOrderId, new InstrumentId(ticket.Instrument), reason);
        _events.On(in rejected);
        return reason;
    }
}
