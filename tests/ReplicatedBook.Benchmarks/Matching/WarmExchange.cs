using System.Buffers;
using System.Runtime.CompilerServices;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An exchange with 1,000 rich accounts of one user: half of them buy, half sell, so that the self-trade check
/// runs on every trade and never holds. Its history of closed orders and trades is as long as it may be.</summary>
internal sealed class WarmExchange
{
    /// <summary>Closed orders that an exchange keeps unless told otherwise.</summary>
    public static readonly int UsualHistory = new ExchangeLimits().MaxClosedOrders;

    /// <summary>Accounts that buy, then as many that sell.</summary>
    public const int AccountsPerSide = 500;

    private const long Funds = 4_000_000_000_000_000;
    private const int FillPrice = 100_000;
    private const long Sets = 1_000_000_000;

    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly long _payout;

    /// <summary>An exchange without orders.</summary>
    /// <param name="makerFee">In basis points.</param>
    /// <param name="takerFee">In basis points.</param>
    /// <param name="instruments">How many, all of one pair of assets; their ids begin at 1.</param>
    /// <param name="history">Closed orders kept.</param>
    /// <param name="ladderPrices">0 for sorted levels; else the highest price.</param>
    /// <param name="payout">Ticks of a payout of the two outcomes that are traded; 0 for spot.</param>
    public WarmExchange(
        int makerFee, int takerFee, int instruments, int history, int ladderPrices = 0, long payout = 0)
    {
        _payout = payout;
        var usual = new ExchangeLimits();
        var limits = usual with
        {
            MaxClosedOrders = history,
            MaxClosedOrdersPerAccount = Math.Min(history, usual.MaxClosedOrdersPerAccount),
            MaxTrades = Math.Min(history / 2, usual.MaxTrades),
        };
        Exchange = new Exchange(limits, ladderPrices);
        Apply((in CommandHeader header) => CommandCodec.Write(
            _command, in header, new SetFeatureLevel(FeatureLevels.Supported))); // As every cluster does.
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, new CreateAsset("BTC", 0)));
        var money = new CreateAsset("USD", payout == 0 ? 0 : 2);
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, in money));
        if (payout == 0)
        {
            ListInstruments(instruments, makerFee, takerFee);
        }
        else
        {
            OpenMarket(makerFee, takerFee);
        }

        for (var account = 1; account <= 2 * AccountsPerSide; account++)
        {
            Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, new CreateAccount("")));
            var asset = new AssetId(payout != 0 || account <= AccountsPerSide ? 2 : 1);
            var id = new AccountId(account);
            Apply((in CommandHeader header) => CommandCodec.Write(
                _command, in header, new Deposit(id, asset, new Amount(Funds), "")));
            if (payout != 0)
            {
                var split = new SplitSet(id, new PredictionMarketId(1), new Quantity(Sets));
                Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, in split));
            }
        }

        FillHistory(history);
    }

    private delegate void WriteCommand(in CommandHeader header);

    public Exchange Exchange { get; }

    public EventBuffer Events { get; } = new();

    public ArrayBufferWriter<byte> Result { get; } = new(1 << 20);

    /// <summary>Id of the last order before this pass.</summary>
    public long OrdersBefore { get; private set; }

    public long Time => 1_800_000_000_000_000 + (Exchange.AppliedIndex * 2);

    /// <summary>The account of an order.</summary>
    /// <param name="isBuy">Its side.</param>
    /// <param name="turn">Whose turn it is, from 0 to one less than <see cref="AccountsPerSide"/>.</param>
    public static AccountId AccountOf(bool isBuy, int turn) => new(1 + turn + ((int)SideOf(isBuy) * AccountsPerSide));

    /// <summary>Empties the books.</summary>
    public void StartPass()
    {
        for (var account = 1; account <= 2 * AccountsPerSide; account++)
        {
            var id = new AccountId(account);
            Apply(
                (in CommandHeader header) => CommandCodec.Write(
                    _command, in header, new CancelOrders(id, default, null)));
        }

        // An order that cannot trade or rest, to learn which id is the next.
        var events = new TallySink();
        var probe = new Operation(OperationKind.PlaceImmediate, true, 0, 0, Price: 1, Lots: 1);
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, Order(in probe, position: 0)));
        EventCodec.Read(Events.Bytes, events);
        OrdersBefore = events.LastOrder;
    }

    /// <summary>The order of an operation, as a command.</summary>
    public static PlaceOrder Order(in Operation operation, int position, long payout = 0)
    {
        var (instrument, side, price) = Terms(in operation, payout);
        return new PlaceOrder(
            AccountOf(operation.IsBuy, position % AccountsPerSide), default, new InstrumentId(instrument), side,
            OrderType.Limit, new Price(price), new Quantity(operation.Lots), TimeInForceOf(operation.Kind), false,
            SelfTradePrevention.CancelTaker);
    }

    /// <summary>What an order is sent as: with two outcomes, about every other one as an order of the second.</summary>
    /// <param name="operation">In terms of its book.</param>
    /// <param name="payout">Ticks of a payout; 0 for spot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Instrument, Side Side, long Price) Terms(in Operation operation, long payout) =>
        payout != 0 && (long)((ulong)operation.Order * 0x9E3779B97F4A7C15) < 0
            ? (2, operation.IsBuy ? Side.Sell : Side.Buy, payout - operation.Price)
            : (operation.Book + 1, SideOf(operation.IsBuy), operation.Price);

    // Without a branch, as where a side is decoded: the engine's own branches are what is measured.
    private static Side SideOf(bool isBuy) => (Side)(1 ^ Convert.ToByte(isBuy));

    /// <summary>How long the order of an operation lasts.</summary>
    public static TimeInForce TimeInForceOf(OperationKind kind) =>
        kind == OperationKind.PlaceImmediate ? TimeInForce.ImmediateOrCancel : TimeInForce.GoodTilCanceled;

    private void ListInstruments(int count, int makerFee, int takerFee)
    {
        var one = new DecimalSize(1, 0);
        for (var id = 1; id <= count; id++)
        {
            var listing = new ListInstrument(
                $"BTC-USD-{id}", new AssetId(1), new AssetId(2), one, one, makerFee, takerFee);
            Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, listing));
        }
    }

    /// <summary>A market of two outcomes; a tick of a lot is one unit, because the asset has no digits after the point
    /// of its own.</summary>
    private void OpenMarket(int makerFee, int takerFee)
    {
        var market = new CreatePredictionMarket(
            "E", "E", new AssetId(2), new DecimalSize(1, 2), ShareScale: 0, Math.Max(0, makerFee), takerFee,
            default, // No rebates there.
            [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]);
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, in market));
    }

    /// <summary>Pairs of orders that fill each other, until what is kept of them is full.</summary>
    private void FillHistory(int orders)
    {
        var ticket = new OrderTicket { Instrument = 1, Price = _payout == 0 ? FillPrice : _payout / 2, Lots = 1 };
        for (var i = 0; i < orders; i++)
        {
            Events.Clear();
            Exchange.Begin(Exchange.AppliedIndex + 1, new Timestamp(Time), Events);
            ticket.Side = i % 2 == 0 ? Side.Sell : Side.Buy;
            ticket.Account = AccountOf(ticket.Side == Side.Buy, i / 2 % AccountsPerSide).Value;
            Exchange.Place(new UserId(0), in ticket);
        }
    }

    private void Apply(WriteCommand write)
    {
        _command.ResetWrittenCount();
        Result.ResetWrittenCount();
        Events.Clear();
        write(default);
        var applied = Exchange.Apply(
            Exchange.AppliedIndex + 1, new Timestamp(Time), _command.WrittenSpan, Events, Result);
        if (applied.Reason != RejectReason.None)
        {
            throw new InvalidOperationException($"setting up failed: {applied.Reason}");
        }
    }
}
