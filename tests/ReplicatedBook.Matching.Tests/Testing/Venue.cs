using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>An exchange with a short way to say commands: encoded, applied and decoded like those of a real log. After
/// every command it checks that no money is lost, nothing is negative and reserved is what the open orders
/// need.</summary>
internal sealed class Venue
{
    public const int Base = 1;
    public const int Quote = 2;
    public const int Symbol = 1;

    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly ArrayBufferWriter<byte> _result = new();

    public Venue(ExchangeLimits? limits = null) => Exchange = new Exchange(limits ?? new ExchangeLimits());

    public Exchange Exchange { get; set; }

    public RecordedEvents Events { get; } = new();

    public long Time { get; set; } = 1_000_000;

    public Applied LastApplied { get; private set; }

    public byte[] LastCommand { get; private set; } = [];

    public byte[] LastResult { get; private set; } = [];

    /// <summary>Assets BTC and USD, an instrument, and accounts 1 to <paramref name="accounts"/> of users 1 to
    /// <paramref name="accounts"/>, each with <paramref name="funds"/> units of both.</summary>
    public static Venue Trading(
        int accounts = 3, long funds = 1_000_000_000, int makerFee = 0, int takerFee = 0, int baseScale = 0,
        int quoteScale = 0, DecimalSize? tick = null, DecimalSize? lot = null, ExchangeLimits? limits = null)
    {
        var venue = new Venue(limits);
        venue.Accept(new CreateAsset("BTC", baseScale));
        venue.Accept(new CreateAsset("USD", quoteScale));
        venue.Accept(new ListInstrument(
            "BTC-USD", new AssetId(Base), new AssetId(Quote), tick ?? new DecimalSize(1, 0), lot ?? new DecimalSize(
                1, 0),
            makerFee, takerFee));
        for (var account = 1; account <= accounts; account++)
        {
            venue.Accept(new CreateAccount($"account {account}"), user: account);
            venue.Deposit(account, Base, funds);
            venue.Deposit(account, Quote, funds);
        }

        venue.Events.Clear();
        return venue;
    }

    /// <summary>Brings orders with options, rules and atomic batches.</summary>
    public Venue WithOptions()
    {
        Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        return this;
    }

    public void Deposit(int account, int asset, long units)
    {
        if (units > 0)
        {
            Accept(new Deposit(new AccountId(account), new AssetId(asset), new Amount(units), ""));
        }
    }

    public CommandOutcome Place(PlaceOrder order) => Send(order, (int)order.Account.Value);

    public CommandOutcome Place(
        int account, Side side, long price, long lots, TimeInForce timeInForce = TimeInForce.GoodTilCanceled,
        bool postOnly = false, SelfTradePrevention stp = SelfTradePrevention.CancelTaker, string clientOrderId = "",
        string key = "", OrderType type = OrderType.Limit, int instrument = Symbol) =>
        Send(
            Order(account, side, price, lots, timeInForce, postOnly, stp, clientOrderId, type, instrument), account,
            key);

    public CommandOutcome Market(
        int account, Side side, long lots, TimeInForce timeInForce = TimeInForce.GoodTilCanceled,
        SelfTradePrevention stp = SelfTradePrevention.CancelTaker) =>
        Place(account, side, 0, lots, timeInForce, stp: stp, type: OrderType.Market);

    public static PlaceOrder MarketOrder(
        int account, Side side, long lots, long protection = 0,
        TimeInForce timeInForce = TimeInForce.GoodTilCanceled,
        SelfTradePrevention stp = SelfTradePrevention.CancelTaker) =>
        Order(account, side, protection, lots, timeInForce, stp: stp, type: OrderType.Market);

    public static PlaceOrder Order(
        int account, Side side, long price, long lots, TimeInForce timeInForce = TimeInForce.GoodTilCanceled,
        bool postOnly = false, SelfTradePrevention stp = SelfTradePrevention.CancelTaker, string clientOrderId = "",
        OrderType type = OrderType.Limit, int instrument = Symbol)
    {
        Assert.True(ClientOrderId.TryCreate(clientOrderId, out var id));
        return new PlaceOrder(
            new AccountId(account), id, new InstrumentId(instrument), side, type, new Price(price), new Quantity(lots),
            timeInForce, postOnly, stp);
    }

    public CommandOutcome Cancel(int account, OrderView order) => Cancel(account, order.Id.Value);

    public CommandOutcome Cancel(int account, long order) =>
        Send(new CancelOrder(new AccountId(account), new OrderId(order), default), account);

    public CommandOutcome Amend(int account, OrderView order, long price = 0, long quantity = 0, long expected = 0) =>
        Send(
            new AmendOrder(
                new AccountId(account), order.Id, new Price(price), new Quantity(quantity), new Quantity(expected)),
            account);

    public CommandOutcome Accept(object command, int user = 0)
    {
        var outcome = Send(command, user);
        Assert.Equal(RejectReason.None, outcome.Reason);
        return outcome;
    }

    public CommandOutcome Send(object command, int user = 0, string key = "", long deadline = 0)
    {
        LastCommand = Bytes(command, user, key, deadline);
        return Apply(LastCommand);
    }

    public byte[] Bytes(object command, int user = 0, string key = "", long deadline = 0)
    {
        _command.ResetWrittenCount();
        Assert.True(RequestKey.TryCreate(key, out var requestKey));
        AnyCommand.Write(_command, new CommandHeader(new UserId(user), requestKey, new Timestamp(deadline)), command);
        return _command.WrittenSpan.ToArray();
    }

    public CommandOutcome Apply(byte[] command)
    {
        _result.ResetWrittenCount();
        LastApplied = Events.Apply(Exchange, Time, command, _result);
        LastResult = _result.WrittenSpan.ToArray();
        Soundness.Require(Exchange);
        var outcome = ResultCodec.Read(LastResult);
        Assert.Equal(LastApplied.Reason, outcome.Reason);
        return outcome;
    }

    public (long Available, long Reserved) Balance(int account, int asset)
    {
        var balance = Exchange.Balances(new AccountId(account))!.FirstOrDefault(b => b.Asset.Value == asset);
        return (balance?.Available.Units ?? 0, balance?.Reserved.Units ?? 0);
    }

    public string Hash()
    {
        var hash = new byte[32];
        Exchange.StateHash(hash);
        return Convert.ToHexStringLower(hash);
    }

    public byte[] Snapshot()
    {
        var snapshot = new ArrayBufferWriter<byte>();
        Exchange.WriteSnapshot(snapshot);
        return snapshot.WrittenSpan.ToArray();
    }

    public BookView Book(bool withOrders = false) => Exchange.Book(new InstrumentId(Symbol), 1_000, withOrders)!;

    /// <summary>Ids of the resting orders of a side, best and oldest first.</summary>
    public long[] Queue(Side side) =>
        [.. (side == Side.Buy ? Book(true).BidOrders : Book(true).AskOrders).Select(order => order.Order.Value)];
}
