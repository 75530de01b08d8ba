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
        if (!CommandReader.TryReadOrder(ref reader, out var order) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var reason = barred == RejectReason.None
            ? Place(header.User, in order)
            : Reject(in order, order.Account, barred);
        AnswerOrder(reason);
        return reason;
    }

    /// <summary>Checks an order and, if it passes, matches and rests it. Checked in this order: AccountRequired,
    /// AccountNotFound, ClientOrderIdReused, then as <see cref="Check"/> says.</summary>
    internal RejectReason Place(UserId user, in OrderTicket ticket)
    {
        var account = ResolveAccount(user, new AccountId(ticket.Account), out var reason);
        if (account == 0)
        {
            return Reject(in ticket, ticket.Account, reason);
        }

        if (!ticket.ClientOrderId.IsEmpty
            && FindByClientOrderId(account, ticket.ClientOrderId.Bytes) is not 0 and var id)
        {
            var slot = Locate(id, out var isOpen);
            if (!IsRepeat(slot, isOpen, in ticket))
            {
                return Reject(in ticket, account, RejectReason.ClientOrderIdReused);
            }

            Show(slot, isOpen);
            _shown.IsExisting = true;
            return RejectReason.None;
        }

        var instrument = InstrumentOrNull(ticket.Instrument);
        reason = instrument is null ? RejectReason.InstrumentNotFound : Check(account, instrument, in ticket);
        if (reason != RejectReason.None)
        {
            return Reject(in ticket, account, reason);
        }

        Accept(account, instrument!, in ticket);
        return RejectReason.None;
    }

    /// <summary>Checked in this order: MarketNotOpen, QuantityNotPositive, PriceNotPositive, PostOnlyInvalid,
    /// NotionalTooLarge, LimitReached, PostOnlyWouldTake, InsufficientFunds.</summary>
    private RejectReason Check(int account, Instrument instrument, in OrderTicket ticket)
    {
        var isLimit = ticket.Type == OrderType.Limit;
        var (price, lots) = (ticket.Price, ticket.Lots);
        if (instrument.Status != InstrumentStatus.Open)
        {
            return RejectReason.MarketNotOpen;
        }

        if (lots <= 0)
        {
            return RejectReason.QuantityNotPositive;
        }

        if (isLimit && price <= 0)
        {
            return RejectReason.PriceNotPositive;
        }

        if (ticket.IsPostOnly && (!isLimit || ticket.TimeInForce != TimeInForce.GoodTilCanceled))
        {
            return RejectReason.PostOnlyInvalid;
        }

        if (!TryNeed(instrument, in ticket, out var needed))
        {
            return RejectReason.NotionalTooLarge;
        }

        if (_orders.Count >= _limits.MaxOpenOrders)
        {
            return RejectReason.LimitReached;
        }

        if (ticket.IsPostOnly && instrument.Book.WouldMatch(ticket.Side, price))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        if (ticket.Side == Side.Buy && !isLimit)
        {
            needed = CostOfFirstLot(account, instrument, in ticket);
        }

        var asset = ticket.Side == Side.Buy ? instrument.QuoteAsset : instrument.BaseAsset;
        return LacksFunds(account, asset, needed) ? RejectReason.InsufficientFunds : RejectReason.None;
    }

    /// <summary>What an order must have available: base units for a sell, quote units at its limit and highest fee for
    /// a
    /// buy; 0 for a market buy, whose cost the book says.</summary>
    /// <returns>False when a number leaves 64 bits, the lots of a whole side of the book included.</returns>
    private static bool TryNeed(Instrument instrument, in OrderTicket ticket, out long needed)
    {
        var lots = ticket.Lots;
        if (!Terms.TryValue(instrument.Terms.LotUnits, lots, out needed)
            || lots > long.MaxValue - instrument.Book.LotsOf(ticket.Side))
        {
            return false;
        }

        if (ticket.Type == OrderType.Market)
        {
            needed = ticket.Side == Side.Buy ? 0 : needed;
            return true;
        }

        if (!Terms.TryValue(ticket.Price, lots, out var value))
        {
            return false;
        }

        return ticket.Side == Side.Sell
            ? instrument.Terms.Fits(value)
            : instrument.Terms.TryReserve(
                value, Math.Max(0, Math.Max((int)instrument.MakerFeeBps, instrument.TakerFeeBps)), out needed);
    }

    /// <summary>Takes the order in: from here on nothing is refused.</summary>
    private void Accept(int account, Instrument instrument, in OrderTicket ticket)
    {
        var slot = _orders.Take();
        ref var order = ref _orders.Edit(slot);
        Fill(ref order, account, instrument, in ticket);
        if (order.HasReference)
        {
            ref var reference = ref _orders.EditReference(slot);
            reference.Id = ticket.ClientOrderId;
            reference.Price = order.Price;
            reference.Quantity = order.Remaining;
            _clientOrders.Add(ContentHash.Of((ulong)account, ticket.ClientOrderId.Bytes), order.Id);
        }

        // Events are built in locals, in place: one built as an argument is copied once more.
        var accepted = new OrderAccepted(
            new OrderId(order.Id), new AccountId(account), ticket.ClientOrderId, new InstrumentId(ticket.Instrument),
            ticket.Side, ticket.Type, new Price(ticket.Price), new Quantity(ticket.Lots), ticket.TimeInForce,
            ticket.IsPostOnly);
        _events.On(in accepted);
        _shown.TradesBefore = _trades.LastId;
        MatchAndRest(slot, instrument, isListed: false);
    }

    private void Fill(ref Order order, int account, Instrument instrument, in OrderTicket ticket)
    {
        order.Id = ++_lastOrder;
        order.Price = ticket.Price;
        order.Filled = 0;
        order.Remaining = ticket.Lots;
        order.Reserved = 0;
        order.FilledValue = 0;
        order.FeeValue = 0;
        order.CreatedIndex = AppliedIndex;
        order.CreatedAt = Now.Microseconds;
        order.UpdatedIndex = AppliedIndex;
        order.UpdatedAt = Now.Microseconds;
        order.LastTrade = 0;
        order.Account = account;
        order.Instrument = instrument.Id;
        order.QuoteBalance = _ledger.EnsureBalance(account, instrument.QuoteAsset);
        order.BaseBalance = _ledger.EnsureBalance(account, instrument.BaseAsset);
        order.MakerFeeBps = instrument.MakerFeeBps;
        order.TakerFeeBps = instrument.TakerFeeBps;
        order.Side = ticket.Side;
        order.Type = ticket.Type;
        order.TimeInForce = ticket.TimeInForce;
        order.SelfTradePrevention = ticket.SelfTradePrevention;
        order.Status = OrderStatus.Open;
        order.Reason = StatusReason.None;
        order.IsPostOnly = ticket.IsPostOnly;
        order.HasReference = !ticket.ClientOrderId.IsEmpty;
    }

    private bool IsRepeat(int slot, bool isOpen, in OrderTicket ticket)
    {
        ref readonly var order = ref OrderAt(slot, isOpen);
        ref readonly var first = ref ReferenceOf(slot, isOpen);
        return order.Instrument == ticket.Instrument && order.Side == ticket.Side && order.Type == ticket.Type
            && first.Price == ticket.Price && first.Quantity == ticket.Lots
            && order.TimeInForce == ticket.TimeInForce && order.IsPostOnly == ticket.IsPostOnly
            && order.SelfTradePrevention == ticket.SelfTradePrevention;
    }

    private RejectReason Reject(in OrderTicket ticket, long account, RejectReason reason)
    {
        var rejected = new OrderRejected(
            new AccountId(account), ticket.ClientOrderId, new InstrumentId(ticket.Instrument), reason);
        _events.On(in rejected);
        return reason;
    }
}
