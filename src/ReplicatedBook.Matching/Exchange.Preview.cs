using ReplicatedBook.Matching.Book;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching;

/// <content>What would become of an order.</content>
public sealed partial class Exchange
{
    /// <summary>Says what would become of an order on the state as it is; changes nothing. What has come due since the
    /// last command still counts.</summary>
    /// <param name="command">A <see cref="PlaceOrder"/> as CommandCodec writes it; its key and deadline are not looked
    /// at.</param>
    public OrderPreview Preview(ReadOnlySpan<byte> command)
    {
        var reader = new MessagePackReader(command);
        if (!CommandReader.TryReadHeader(ref reader, out var kind, out var header) || kind != CommandKind.PlaceOrder
            || !CommandReader.TryReadOrder(ref reader, header.Version, out var ticket) || !reader.IsAtEnd)
        {
            return new OrderPreview { Reason = RejectReason.MalformedCommand };
        }

        if (LevelOf(header.Version, (int)kind) > FeatureLevel)
        {
            return new OrderPreview { Reason = RejectReason.FeatureDisabled };
        }

        var reason = Resolve(header.User, in ticket, out var account, out var instrument, out var repeated);
        if (repeated != 0)
        {
            return new OrderPreview { Reason = reason, Existing = FindOrder(new OrderId(repeated)) };
        }

        reason = reason == RejectReason.None ? Check(account, instrument!, in ticket, out _) : reason;
        return reason == RejectReason.None ? Preview(account, instrument!, in ticket)
            : reason != RejectReason.InsufficientFunds ? new OrderPreview { Reason = reason }
            : new OrderPreview
            {
                Reason = reason,
                Needed = new Amount(_shortfall.Needed),
                Available = new Amount(_shortfall.Available),
                FundsAsset = new AssetId(_shortfall.Asset),
            };
    }

    private OrderPreview Preview(int account, Instrument instrument, in OrderTicket ticket)
    {
        var order = new Order
        {
            Account = account,
            Balances = new(_ledger.FindBalance(account, instrument, Side.Buy), -1),
            Price = ticket.Price,
            Remaining = ticket.Lots,
            Side = ticket.Side,
            Type = ticket.Type,
            TimeInForce = ticket.TimeInForce,
            SelfTradePrevention = ticket.SelfTradePrevention,
            MakerFeeBps = instrument.MakerFeeBps,
            TakerFeeBps = instrument.TakerFeeBps,
            IsMirrored = instrument.IsMirror,
        };
        if (order.Type >= OrderType.Stop)
        {
            return Preview(in order, instrument, [], OrderStatus.Pending, StatusReason.None);
        }

        if (ticket.Options.QuoteUnits != 0)
        {
            order.Remaining = long.MaxValue; // As many lots as that buys.
        }

        var rehearsal = new Rehearsal(_orders, instrument, order, OwnAccountsOf(account));
        rehearsal.Run(
            BudgetOf(in order, ticket.Options.QuoteUnits),
            WorstPrice(instrument, order.Side, order.IsMarket, order.Price));
        order = rehearsal.Order;
        var end = rehearsal.End;
        if (ticket.Options.QuoteUnits != 0)
        {
            order.Remaining = 0;
            end = EndOfSpending(in order, end, hasWholeBudget: true, rehearsal.HasEmptiedBook);
        }

        var (status, reason) = end == StatusReason.None && order.Remaining > 0 && order.MayRest
            ? (OrderStatus.Open, end)
            : EndOf(in order, end, rehearsal.HasEmptiedBook);
        return Preview(in order, instrument, rehearsal.Fills, status, reason);
    }

    private static OrderPreview Preview(
        in Order order, Instrument instrument, IReadOnlyList<PreviewFill> fills, OrderStatus status,
        StatusReason reason)
    {
        var isOpen = status is OrderStatus.Open or OrderStatus.Pending;
        return new OrderPreview
        {
            Reason = RejectReason.None,
            Fills = fills,
            Status = status,
            StatusReason = reason,
            Remaining = new Quantity(isOpen ? order.Remaining : 0),
            Reserved = new Amount(isOpen ? NeedOf(in order, instrument) : 0),
        };
    }
}
