using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>The rules written once more, too simple to be wrong: one list of all orders ever, searched from end to end;
/// balances are not kept but worked out from deposits and fills. All instruments trade one pair of assets; users own
/// the accounts of their number.</summary>
/// <param name="maxOpenOrders">Of one account.</param>
internal sealed partial class NaiveExchange(int maxOpenOrders)
{
    private readonly List<(int Account, int Asset, long Units)> _postings = [];
    private long _place;
    private long _trades;

    public List<NaiveInstrument> Instruments { get; } = [];

    public List<NaiveOrder> Orders { get; } = [];

    public RecordedEvents Events { get; } = new();

    public long Now { get; private set; }

    public IEnumerable<NaiveOrder> Queue(NaiveInstrument instrument, Side side) => Orders
        .Where(o => o.Status == OrderStatus.Open && o.Instrument == instrument && o.Side == side)
        .OrderBy(o => side == Side.Buy ? -o.Price : o.Price)
        .ThenBy(o => o.Place);

    public BigInteger Reserved(int account, int asset) => Orders
        .Where(o => o.Account == account && AssetOf(o) == asset)
        .Aggregate(BigInteger.Zero, (sum, o) => sum + o.Reserved);

    public BigInteger Available(int account, int asset)
    {
        var total = _postings.Where(p => p.Account == account && p.Asset == asset)
            .Aggregate(BigInteger.Zero, (sum, posting) => sum + posting.Units);
        foreach (var order in Orders.Where(o => o.Account == account))
        {
            var sign = (order.Side == Side.Buy) == (asset == Venue.Base) ? 1 : -1;
            total += sign
                * (asset == Venue.Base ? (BigInteger)order.Filled * order.Instrument.Terms.LotUnits : order.Moved());
        }

        return total - Reserved(account, asset) - Held(account, asset);
    }

    public BigInteger Fees => Orders.Aggregate(
        BigInteger.Zero, (sum, o) => sum + ((o.Side == Side.Buy ? 1 : -1) * o.Moved()));

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
        var order = Read(in command);
        var reason = Check(order);
        if (reason != RejectReason.None)
        {
            Events.On(new OrderRejected(command.Account, command.ClientOrderId, command.Instrument, reason));
            return reason;
        }

        Accept(order);
        Collect(order.Instrument);
        Trigger();
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

        Cancel(order, StatusReason.UserRequest);
        return RejectReason.None;
    }

    public void CancelAll(int account)
    {
        foreach (var order in Orders.Where(o => o.IsOpen && o.Account == account))
        {
            Cancel(order, StatusReason.UserRequest);
        }
    }

    /// <summary>Opens or halts an instrument, and cancels its orders if that is wanted.</summary>
    public void SetStatus(NaiveInstrument instrument, InstrumentStatus status, bool cancel)
    {
        instrument.Status = status;
        foreach (var order in Orders.Where(o => cancel && o.IsOpen && o.Instrument == instrument))
        {
            Cancel(order, StatusReason.InstrumentStatus);
        }
    }

    private static Side Opposite(NaiveOrder order) => order.Side == Side.Buy ? Side.Sell : Side.Buy;

    private static bool Crosses(Side side, long price, long other) =>
        side == Side.Buy ? price >= other : price <= other;

    private NaiveOrder Read(in PlaceOrder command)
    {
        var instrument = Instruments[command.Instrument.Value - 1];
        return new NaiveOrder
        {
            Id = 0,
            Account = (int)command.Account.Value,
            Instrument = instrument,
            Given = command,
            MakerFee = instrument.MakerFee,
            TakerFee = instrument.TakerFee,
            Price = command.LimitPrice.Ticks,
            Remaining = command.Quantity.Lots,
        };
    }

    /// <summary>Takes a checked order in, which then waits or matches.</summary>
    private void Accept(NaiveOrder read)
    {
        var order = read.Copy(read.Instrument, Orders.Count + 1);
        var given = order.Given;
        Orders.Add(order);
        Events.On(new OrderAccepted(
            new OrderId(order.Id), given.Account, given.ClientOrderId, given.Instrument, given.Side, given.Type,
            given.LimitPrice, given.Quantity, given.TimeInForce, given.IsPostOnly));
        if (given.ExpiresAt != default || given.DisplayQuantity != default || given.StopPrice != default
            || given.QuoteQuantity != default)
        {
            Events.On(new OrderConditions(
                new OrderId(order.Id), given.Account, given.Instrument, given.ExpiresAt, given.DisplayQuantity,
                given.StopPrice, given.QuoteQuantity));
        }

        if (given.StopPrice != default)
        {
            (order.Status, order.Place) = (OrderStatus.Pending, ++_place);
        }
        else
        {
            GoThroughBook(order);
        }
    }

    private void Cancel(NaiveOrder order, StatusReason reason)
    {
        (order.Status, order.Reason) = (OrderStatus.Canceled, reason);
        Events.On(new OrderCanceled(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument.Id), order.Side,
            new Price(order.Price), new Quantity(order.Remaining), reason));
    }

    private void Expire(NaiveOrder order, StatusReason reason)
    {
        (order.Status, order.Reason) = (OrderStatus.Expired, reason);
        Events.On(new OrderExpired(
            new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument.Id), order.Side,
            new Quantity(order.Remaining), reason));
    }

    private void Amended(NaiveOrder order, bool keptPriority) => Events.On(new OrderAmended(
        new OrderId(order.Id), new AccountId(order.Account), new InstrumentId(order.Instrument.Id), order.Side,
        new Price(order.Price), new Quantity(order.Quantity), new Quantity(order.Remaining), keptPriority));
}
