using System.Buffers;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An exchange with one instrument and 1,000 rich accounts of one user: half of them buy, half sell, so that
/// the
/// self-trade check runs on every trade and never holds.</summary>
internal sealed class WarmExchange
{
    private const int AccountsPerSide = 500;
    private const long Funds = 4_000_000_000_000_000;

    private readonly ArrayBufferWriter<byte> _command = new();
    private long _passes;

    public WarmExchange(int makerFee, int takerFee)
    {
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, new CreateAsset("BTC", 0)));
        Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, new CreateAsset("USD", 0)));
        var one = new DecimalSize(1, 0);
        Apply((in CommandHeader header) => CommandCodec.Write(
            _command, in header,
            new ListInstrument("BTC-USD", new AssetId(1), new AssetId(2), one, one, makerFee, takerFee)));
        for (var account = 1; account <= 2 * AccountsPerSide; account++)
        {
            Apply((in CommandHeader header) => CommandCodec.Write(_command, in header, new CreateAccount("")));
            var asset = new AssetId(account <= AccountsPerSide ? 2 : 1);
            var id = new AccountId(account);
            Apply((in CommandHeader header) => CommandCodec.Write(
                _command, in header, new Deposit(id, asset, new Amount(Funds), "")));
        }
    }

    private delegate void WriteCommand(in CommandHeader header);

    public Exchange Exchange { get; } = new(new ExchangeLimits());

    public EventBuffer Events { get; } = new();

    public ArrayBufferWriter<byte> Result { get; } = new(1 << 20);

    /// <summary>Orders accepted before this pass.</summary>
    public long OrdersBefore { get; private set; }

    /// <summary>Trades made before this pass.</summary>
    public long TradesBefore { get; private set; }

    public long Time => 1_800_000_000_000_000 + (Exchange.AppliedIndex * 2);

    public long LastTrade =>
        Exchange.Trades(new InstrumentId(1), default, 1) is [var trade] ? trade.Id.Value : 0;

    public static AccountId AccountOf(bool isBuy, int operation) =>
        new(1 + (operation % AccountsPerSide) + (isBuy ? 0 : AccountsPerSide));

    public static PlaceOrder Order(in Operation operation, int position) => new(
        AccountOf(operation.IsBuy, position), default, new InstrumentId(1), operation.IsBuy ? Side.Buy : Side.Sell,
        OrderType.Limit, new Price(operation.Price), new Quantity(operation.Lots), TimeInForce.GoodTilCanceled, false,
        SelfTradePrevention.CancelTaker);

    public void StartPass(long ordersPerPass)
    {
        for (var account = 1; account <= 2 * AccountsPerSide; account++)
        {
            var id = new AccountId(account);
            Apply(
                (in CommandHeader header) => CommandCodec.Write(
                    _command, in header, new CancelOrders(id, default, null)));
        }

        TradesBefore = LastTrade;
        OrdersBefore = _passes++ * ordersPerPass;
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
