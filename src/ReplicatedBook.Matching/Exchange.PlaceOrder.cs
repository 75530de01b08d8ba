using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching;

/// <content>Placing an order.</content>
public sealed partial class Exchange
{
    private RejectReason ApplyPlaceOrder(in CommandHeader header, ref MessagePackReader reader, RejectReason barred)
    {
        if (!CommandReader.TryRead(ref reader, out PlaceOrder command) || !reader.IsAtEnd)
        {
            return Refuse(RejectReason.MalformedCommand);
        }

        var decision = barred == RejectReason.None
            ? Place(header.User, in command)
            : Reject(in command, command.Account, barred);
        AnswerOrder(in decision);
        return decision.Reason;
    }

    /// <summary>Checks an order and, if it passes, matches and rests it. Checked in this order: AccountRequired,
    /// AccountNotFound, ClientOrderIdReused, then as <see cref="Check"/> says.</summary>
    internal Decision Place(UserId user, in PlaceOrder command)
    {
        var account = ResolveAccount(user, command.Account, out var reason);
        if (account == 0)
        {
            return Reject(in command, command.Account, reason);
        }

        if (!command.ClientOrderId.IsEmpty
            && FindByClientOrderId(account, command.ClientOrderId.Bytes) is not 0 and var id)
        {
            var existing = Locate(id, out _);
            return IsRepeat(in existing, in command)
                ? existing with { IsExisting = true }
                : Reject(in command, new AccountId(account), RejectReason.ClientOrderIdReused);
        }

        var instrument = InstrumentOrNull(command.Instrument.Value);
        reason = instrument is null ? RejectReason.InstrumentNotFound : Check(account, instrument, in command);
        return reason == RejectReason.None
            ? Accept(account, instrument!, in command)
            : Reject(in command, new AccountId(account), reason);
    }

    /// <summary>Checked in this order: MarketNotOpen, QuantityNotPositive, PriceNotPositive, PostOnlyInvalid,
    /// NotionalTooLarge, LimitReached, PostOnlyWouldTake, InsufficientFunds.</summary>
    private RejectReason Check(int account, Instrument instrument, in PlaceOrder command)
    {
        var isLimit = command.Type == OrderType.Limit;
        var (price, lots) = (command.LimitPrice.Ticks, command.Quantity.Lots);
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

        if (command.IsPostOnly && (!isLimit || command.TimeInForce != TimeInForce.GoodTilCanceled))
        {
            return RejectReason.PostOnlyInvalid;
        }

        if (!TryNeed(instrument, in command, out var needed))
        {
            return RejectReason.NotionalTooLarge;
        }

        if (_orders.Count >= _limits.MaxOpenOrders)
        {
            return RejectReason.LimitReached;
        }

        if (command.IsPostOnly && instrument.Book.WouldMatch(command.Side, price))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        if (command.Side == Side.Buy && !isLimit)
        {
            needed = CostOfFirstLot(account, instrument, in command);
        }

        var asset = command.Side == Side.Buy ? instrument.QuoteAsset : instrument.BaseAsset;
        return LacksFunds(account, asset, needed) ? RejectReason.InsufficientFunds : RejectReason.None;
    }

    /// <summary>What an order must have available: base units for a sell, quote units at its limit and highest fee for
    /// a
    /// buy; 0 for a market buy, whose cost the book says.</summary>
    /// <returns>False when a number leaves 64 bits, the lots of a whole side of the book included.</returns>
    private static bool TryNeed(Instrument instrument, in PlaceOrder command, out long needed)
    {
        var lots = command.Quantity.Lots;
        var sideLots = command.Side == Side.Buy ? instrument.Book.BidLots : instrument.Book.AskLots;
        if (!Terms.TryValue(instrument.Terms.LotUnits, lots, out needed) || lots > long.MaxValue - sideLots)
        {
            return false;
        }

        if (command.Type == OrderType.Market)
        {
            needed = command.Side == Side.Buy ? 0 : needed;
            return true;
        }

        if (!Terms.TryValue(command.LimitPrice.Ticks, lots, out var value))
        {
            return false;
        }

        return command.Side == Side.Sell
            ? instrument.Terms.Fits(value)
            : instrument.Terms.TryReserve(
                value, Math.Max(0, Math.Max((int)instrument.MakerFeeBps, instrument.TakerFeeBps)), out needed);
    }

    /// <summary>Takes the order in: from here on nothing is refused.</summary>
    private Decision Accept(int account, Instrument instrument, in PlaceOrder command)
    {
        var slot = _orders.Take();
        ref var order = ref _orders[slot];
        Fill(ref order, account, instrument, in command);
        if (order.HasReference)
        {
            _orders.Reference(slot) = new ClientReference
            {
                Id = command.ClientOrderId,
                Price = order.Price,
                Quantity = order.Remaining,
            };
            _clientOrders.Add(ContentHash.Of((ulong)account, command.ClientOrderId.Bytes), order.Id);
        }

        _events.On(new OrderAccepted(
            new OrderId(order.Id), new AccountId(account), command.ClientOrderId, command.Instrument, command.Side,
            command.Type, command.LimitPrice, command.Quantity, command.TimeInForce, command.IsPostOnly));
        var tradesBefore = _trades.LastId;
        return MatchAndRest(slot, instrument, isListed: false) with { TradesBefore = tradesBefore };
    }

    private void Fill(ref Order order, int account, Instrument instrument, in PlaceOrder command)
    {
        order.Id = ++_lastOrder;
        order.Price = command.LimitPrice.Ticks;
        order.Filled = 0;
        order.Remaining = command.Quantity.Lots;
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
        order.Side = command.Side;
        order.Type = command.Type;
        order.TimeInForce = command.TimeInForce;
        order.SelfTradePrevention = command.SelfTradePrevention;
        order.Status = OrderStatus.Open;
        order.Reason = StatusReason.None;
        order.IsPostOnly = command.IsPostOnly;
        order.HasReference = !command.ClientOrderId.IsEmpty;
    }

    private bool IsRepeat(in Decision existing, in PlaceOrder command)
    {
        ref readonly var order = ref OrderAt(in existing);
        ref readonly var first = ref ReferenceOf(in existing);
        return order.Instrument == command.Instrument.Value && order.Side == command.Side && order.Type == command.Type
            && first.Price == command.LimitPrice.Ticks && first.Quantity == command.Quantity.Lots
            && order.TimeInForce == command.TimeInForce && order.IsPostOnly == command.IsPostOnly
            && order.SelfTradePrevention == command.SelfTradePrevention;
    }

    private Decision Reject(in PlaceOrder command, AccountId account, RejectReason reason)
    {
        _events.On(new OrderRejected(account, command.ClientOrderId, command.Instrument, reason));
        return new Decision(reason);
    }
}
