using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>The rules written once more, too simple to be wrong: one list of all orders ever, searched from end to end;
/// balances are not kept but worked out from deposits and fills. One instrument; users own the accounts of their
/// number.</summary>
internal sealed partial class NaiveExchange(NaiveTerms terms, int makerFee, int takerFee)
{
    private readonly List<(int Account, int Asset, long Units)> _postings = [];
    private long _place;
    private long _trades;

    public List<NaiveOrder> Orders { get; } = [];

    public RecordedEvents Events { get; } = new();

    public InstrumentStatus Status { get; set; }

    public int MakerFee { get; set; } = makerFee;

    public int TakerFee { get; set; } = takerFee;

    public IEnumerable<NaiveOrder> Queue(Side side) => Orders
        .Where(order => order.IsOpen && order.Side == side)
        .OrderBy(order => side == Side.Buy ? -order.Price : order.Price)
        .ThenBy(order => order.Place);

    public BigInteger Reserved(int account, int asset) => Orders
        .Where(order => order.Account == account && asset == (order.Side == Side.Buy ? Venue.Quote : Venue.Base))
        .Aggregate(BigInteger.Zero, (sum, order) => sum + order.Reserved(terms));

    public BigInteger Available(int account, int asset)
    {
        var total = _postings.Where(p => p.Account == account && p.Asset == asset)
            .Aggregate(BigInteger.Zero, (sum, posting) => sum + posting.Units);
        foreach (var order in Orders.Where(order => order.Account == account))
        {
            var sign = (order.Side == Side.Buy) == (asset == Venue.Base) ? 1 : -1;
            total += sign * (asset == Venue.Base ? (BigInteger)order.Filled * terms.LotUnits : order.Moved(terms));
        }

        return total - Reserved(account, asset);
    }

    public BigInteger Fees => Orders.Aggregate(
        BigInteger.Zero, (sum, order) => sum + ((order.Side == Side.Buy ? 1 : -1) * order.Moved(terms)));

    public void Deposit(int account, int asset, long units) => _postings.Add((account, asset, units));

    public RejectReason Withdraw(int account, int asset, long units)
    {
        if (units > Available(account, asset))
        {
            return RejectReason.InsufficientFunds;
        }

        _postings.Add((account, asset, -units));
        return RejectReason.None;
    }

    public RejectReason Place(in PlaceOrder command)
    {
        var order = new NaiveOrder
        {
            Id = Orders.Count + 1,
            Account = (int)command.Account.Value,
            Side = command.Side,
            Type = command.Type,
            TimeInForce = command.TimeInForce,
            IsPostOnly = command.IsPostOnly,
            Stp = command.SelfTradePrevention,
            MakerFee = MakerFee,
            TakerFee = TakerFee,
            Price = command.LimitPrice.Ticks,
            Quantity = command.Quantity.Lots,
            Remaining = command.Quantity.Lots,
        };
        var reason = Check(order);
        if (reason != RejectReason.None)
        {
            Events.On(new OrderRejected(command.Account, command.ClientOrderId, command.Instrument, reason));
            return reason;
        }

        // What is available must be seen without the order itself, whose later fills count as soon as it is in the
        // list.
        var budget = order.Type == OrderType.Market && order.Side == Side.Buy
            ? Available(order.Account, Venue.Quote)
            : (BigInteger?)null;
        Orders.Add(order);
        Events.On(new OrderAccepted(
            new OrderId(order.Id), command.Account, command.ClientOrderId, command.Instrument, command.Side,
            command.Type,
            command.LimitPrice, command.Quantity, command.TimeInForce, command.IsPostOnly));
        End(order, order.TimeInForce == TimeInForce.FillOrKill ? MatchWhole(order, budget) : Match(order, budget));
        return reason;
    }

    public RejectReason Cancel(int account, long id)
    {
        var order = Orders.FirstOrDefault(o => o.Id == id);
        if (order is null || order.Account != account)
        {
            return RejectReason.OrderNotFound;
        }

        if (!order.IsOpen)
        {
            return RejectReason.OrderNotOpen;
        }

        Close(order, StatusReason.UserRequest);
        return RejectReason.None;
    }

    public void CancelAll(int account)
    {
        foreach (var order in Orders.Where(o => o.IsOpen && o.Account == account))
        {
            Close(order, StatusReason.UserRequest);
        }
    }

    public RejectReason Amend(int account, long id, long price, long quantity)
    {
        var order = Orders.FirstOrDefault(o => o.Id == id);
        if (order is null || order.Account != account)
        {
            return RejectReason.OrderNotFound;
        }

        if (!order.IsOpen || (price == 0 && quantity == 0) || Status != InstrumentStatus.Open)
        {
            return !order.IsOpen ? RejectReason.OrderNotOpen
                : price == 0 && quantity == 0 ? RejectReason.NothingToAmend
                : RejectReason.MarketNotOpen;
        }

        price = price == 0 ? order.Price : price;
        quantity = quantity == 0 ? order.Quantity : quantity;
        if (quantity <= order.Filled)
        {
            Close(order, StatusReason.AmendedToFilled);
            return RejectReason.None;
        }

        var remaining = quantity - order.Filled;
        if (order.IsPostOnly && Queue(Opposite(order)).Any(o => Crosses(order.Side, price, o.Price)))
        {
            return price == order.Price && quantity == order.Quantity
                ? RejectReason.None
                : RejectReason.PostOnlyWouldTake;
        }

        var need = order.Side == Side.Sell ? (BigInteger)remaining * terms.LotUnits : order.Need(
            terms, price, remaining);
        if (need - order.Reserved(terms) > Available(order.Account, order.Side == Side.Buy ? Venue.Quote : Venue.Base))
        {
            return RejectReason.InsufficientFunds;
        }

        if (price == order.Price && quantity == order.Quantity)
        {
            return RejectReason.None;
        }

        var keeps = price == order.Price && quantity < order.Quantity;
        (order.Price, order.Quantity, order.Remaining) = (price, quantity, remaining);
        Amended(order, keeps);
        if (!keeps)
        {
            order.IsOpen = false;
            End(order, Match(order, budget: null));
        }

        return RejectReason.None;
    }

    private static Side Opposite(NaiveOrder order) => order.Side == Side.Buy ? Side.Sell : Side.Buy;

    private static bool Crosses(Side side, long price, long other) =>
        side == Side.Buy ? price >= other : price <= other;

    private RejectReason Check(NaiveOrder order)
    {
        var makers = Queue(Opposite(order)).ToList();
        if (Status != InstrumentStatus.Open)
        {
            return RejectReason.MarketNotOpen;
        }

        if (order.IsPostOnly && (order.Type == OrderType.Market || order.TimeInForce != TimeInForce.GoodTilCanceled))
        {
            return RejectReason.PostOnlyInvalid;
        }

        if (order.IsPostOnly && makers.Any(maker => Crosses(order.Side, order.Price, maker.Price)))
        {
            return RejectReason.PostOnlyWouldTake;
        }

        var need = order.Side == Side.Sell ? (BigInteger)order.Quantity * terms.LotUnits
            : order.Type == OrderType.Limit ? order.Need(terms, order.Price, order.Quantity)
            : NeedOfFirstLot(order, makers);
        return need > Available(order.Account, order.Side == Side.Buy ? Venue.Quote : Venue.Base)
            ? RejectReason.InsufficientFunds
            : RejectReason.None;
    }

    private BigInteger NeedOfFirstLot(NaiveOrder order, List<NaiveOrder> makers)
    {
        var lots = order.Quantity;
        foreach (var maker in makers)
        {
            if (maker.Account != order.Account || order.Stp == SelfTradePrevention.None)
            {
                return order.Moved(terms, maker.Price, 1, order.TakerFee);
            }

            if (order.Stp == SelfTradePrevention.Decrement && maker.Remaining < lots)
            {
                lots -= maker.Remaining;
            }
            else if (order.Stp != SelfTradePrevention.CancelMaker)
            {
                return 0;
            }
        }

        return 0;
    }
}
