using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Encoding;

/// <summary>One encoded sample of every command, event, result and of a snapshot, by name.</summary>
internal static class Samples
{
    public static ClientOrderId ClientId { get; } = Parse("mm-000041");

    public static PlaceOrder Order { get; } = new(
        new AccountId(3), ClientId, new InstrumentId(2), Side.Sell, OrderType.Limit, new Price(6_000_000),
        new Quantity(70_000), TimeInForce.FillOrKill, true, SelfTradePrevention.Decrement);

    public static IReadOnlyList<object> CommandValues { get; } =
    [
        new CreateAsset("USD", 2),
        new CreateAccount("market making"),
        new Deposit(new AccountId(1), new AssetId(2), new Amount(long.MaxValue), "wire 7"),
        new Withdraw(new AccountId(1), new AssetId(2), new Amount(-1), ""),
        new ListInstrument(
            "BTC-USD", new AssetId(1), new AssetId(2), new DecimalSize(1, 2), new DecimalSize(1, 4), -5, 10),
        new UpdateInstrument(new InstrumentId(1), -10_000, 10_000, 255),
        new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.CancelOnly, true, 256),
        Order,
        new PlaceBatch([Order, Order with { ClientOrderId = default, Type = OrderType.Market, LimitPrice = default }]),
        new AmendOrder(
            default, new OrderId(65_536), new Price(65_535), new Quantity(4_294_967_296), new Quantity(4_294_967_295)),
        new CancelOrder(new AccountId(1), default, ClientId),
        new CancelOrders(new AccountId(1), default, null),
        new CancelOrders(default, new InstrumentId(3), Side.Buy),
        new SetFeatureLevel(2),
        default(Tick),
        new SetCancelAfter(new AccountId(7), 60_000_000),
        new ListInstrument(
            "BTC-USD", new AssetId(1), new AssetId(2), new DecimalSize(1, 2), new DecimalSize(1, 4), -5, 10)
        {
            Rules = Rules,
        },
        new UpdateInstrument(new InstrumentId(1), 0, 5, 0) { Rules = Rules },
        new UpdateInstrument(new InstrumentId(1), 0, 5, 0) { Rules = default(OrderRules) },
        Iceberg,
        StopToBuy,
        new PlaceBatch([Order, StopToBuy]),
        new PlaceBatch([Order]) { IsAtomic = true },
        Market,
        Market with
        {
            Category = "",
            Description = "",
            IsPending = true,
            Outcomes = [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")],
        },
        new UpdatePredictionMarket(new PredictionMarketId(3), "New", null, "", new Timestamp(0), 77),
        new UpdatePredictionMarket(new PredictionMarketId(3), null, "Weather", null, null, 0),
        new DeletePredictionMarket(new PredictionMarketId(3), 78),
        new SetPredictionMarketStatus(new PredictionMarketId(3), PredictionMarketStatus.Paused, 79),
        new ResolvePredictionMarket(new PredictionMarketId(3), "YES", [], 80),
        new ResolvePredictionMarket(new PredictionMarketId(3), "", [1, 0, 2], 0),
        new VoidPredictionMarket(new PredictionMarketId(3), 81),
        new SplitSet(new AccountId(7), new PredictionMarketId(3), new Quantity(1_000)),
        new MergeSet(default, new PredictionMarketId(3), new Quantity(1_001)),
        .. BettingSamples.Commands,
        .. IdentitySamples.Commands,
        .. OrderSessionSamples.Commands,
    ];

    private static CreatePredictionMarket Market => new(
        "cup-2026", "Wer gewinnt \u2014 wohl?", new AssetId(2), new DecimalSize(1, 2), 0, 10, 20,
        new Timestamp(1_900_000_000_000_000),
        [
            new OutcomeDefinition("A", "First \u00e9quipe"), new OutcomeDefinition("B", ""),
            new OutcomeDefinition("C", "Third"),
        ])
    {
        Category = "Sport",
        Description = "One line.\nAnother.",
    };

    private static OrderRules Rules => new(1_000, 70_000, 1_050);

    private static PlaceOrder Iceberg => Order with
    {
        TimeInForce = TimeInForce.GoodTilDate,
        ExpiresAt = new Timestamp(1_900_000_000_000_000),
        DisplayQuantity = new Quantity(5_000),
    };

    private static PlaceOrder StopToBuy => Order with
    {
        Side = Side.Buy,
        Type = OrderType.Stop,
        Quantity = default,
        StopPrice = new Price(6_100_000),
        QuoteQuantity = new Amount(123_456),
        TimeInForce = TimeInForce.GoodTilCanceled,
    };

    // Last of the fields: it uses those above.
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
        [.. Commands(), .. Events(), .. Results(), .. Snapshots()];

    private static ClientOrderId Parse(string text) =>
        ClientOrderId.TryCreate(text, out var id) ? id : throw new ArgumentException(text, nameof(text));

    private static IEnumerable<(string, byte[])> Commands()
    {
        Assert.True(RequestKey.TryCreate("0f8fad5b-d9cb-469f-a165-70867728950e", out var key));
        var header = new CommandHeader(new UserId(12), key, new Timestamp(1_800_000_000_000_000));
        foreach (var command in CommandValues)
        {
            yield return ($"command {command.GetType().Name}", Encode(command, header));
            yield return ($"command {command.GetType().Name} without key", Encode(command, default));
        }
    }

    private static byte[] Encode(object command, CommandHeader header)
    {
        var bytes = new ArrayBufferWriter<byte>();
        AnyCommand.Write(bytes, in header, command);
        return bytes.WrittenSpan.ToArray();
    }

    private static IEnumerable<(string, byte[])> Events()
    {
        var (order, account, instrument) = (new OrderId(8_812), new AccountId(1), new InstrumentId(2));
        yield return One(b => b.On(new OrderAccepted(
            order, account, ClientId, instrument, Side.Sell, OrderType.Limit, new Price(100), new Quantity(128),
            TimeInForce.ImmediateOrCancel, true)));
        yield return One(b => b.On(new OrderRejected(account, default, instrument, RejectReason.InsufficientFunds)));
        yield return One(b => b.On(new OrderAmended(
            order, account, instrument, Side.Buy, new Price(70_000), new Quantity(9), new Quantity(8), false)));
        yield return One(b => b.On(new OrderCanceled(
            order, account, instrument, Side.Buy, new Price(1), new Quantity(2), StatusReason.SelfTrade)));
        yield return One(
            b => b.On(
                new OrderExpired(order, account, instrument, Side.Sell, new Quantity(2), StatusReason.FillOrKill)));
        yield return One(b => b.On(new Trade(
            new TradeId(5_120), instrument, new Price(6), new Quantity(7), Side.Sell, order, new OrderId(8_813),
            account,
            new AccountId(2), new Amount(-33), new Amount(300), new Quantity(0))));
        yield return One(b => b.On(new BalanceChanged(
            new LedgerId(1), account, new AssetId(2), new Amount(-129), new Amount(long.MaxValue), new Amount(0))));
        yield return One(b => b.On(new InstrumentChanged(instrument, InstrumentStatus.Closed, -10_000, 10_000)));
        yield return One(b => b.On(new AccountChanged(account, new UserId(-32))));
        yield return One(b => b.On(new AssetChanged(new AssetId(1), 12)));
        yield return One(b => b.On(new OrderConditions(
            order, account, instrument, new Timestamp(1_900_000_000_000_000), new Quantity(5), new Price(77),
            new Amount(9))));
        yield return One(b => b.On(new OrderTriggered(order, account, instrument, Side.Sell, new Price(77))));
        yield return One(b => b.On(new OrderReplenished(
            order, account, instrument, Side.Buy, new Price(76), new Quantity(5))));
        yield return One(b => b.On(new InstrumentRulesChanged(instrument, Rules)));
        yield return One(b => b.On(new CancelAfterChanged(account, new Timestamp(1_900_000_000_000_000))));
        var market = new PredictionMarketId(3);
        yield return Numbered(b => b.On(new PredictionMarketChanged(
            market, PredictionMarketStatus.Closed, new Timestamp(1_900_000_000_000_000))));
        yield return Numbered(b => b.On(new PredictionMarketDescribed(
            market, "cup-2026", new AssetId(2), "Wer gewinnt \u2014 wohl?", "Sport", "One line.\nAnother.")));
        yield return Numbered(b => b.On(new OutcomeListed(market, 2, instrument, new AssetId(9), "C", "Third")));
        yield return Numbered(b => b.On(new SetSplit(market, account, new Quantity(10), new Amount(1_000))));
        yield return Numbered(b => b.On(new SetMerged(market, account, new Quantity(11), new Amount(1_100))));
        yield return Numbered(b => b.On(new OutcomePayoutSet(market, 2, 1, 3)));
        yield return Numbered(b => b.On(new PositionSettled(market, account, new Amount(333))));
        yield return Numbered(b => b.On(new PredictionMarketSettled(market, new Amount(1))));
        foreach (var write in BettingSamples.Events)
        {
            yield return Numbered(write);
        }

        foreach (var write in IdentitySamples.Events.Append(OrderSessionSamples.Ended))
        {
            yield return One(write);
        }

        yield return One(BettingSamples.Rejection);
        yield return Numbered(b => b.On(new OrderAccepted(
            order, account, ClientId, instrument, Side.Sell, OrderType.Limit, new Price(100), new Quantity(128),
            TimeInForce.ImmediateOrCancel, true)));
        yield return Numbered(b => b.On(new AssetChanged(new AssetId(9), 2)));

        static (string, byte[]) Numbered(Action<EventBuffer> write) => One(b =>
        {
            b.BelongsTo(3, 70_000);
            write(b);
        });

        static (string, byte[]) One(Action<EventBuffer> write)
        {
            var buffer = new EventBuffer();
            write(buffer);
            var recorded = new RecordedEvents();
            EventCodec.Read(buffer.Bytes, recorded);
            return ($"event {recorded.All.Single().GetType().Name}", buffer.Bytes.ToArray());
        }
    }

    private static IEnumerable<(string, byte[])> Results()
    {
        var venue = new Venue { Time = 1_800_000_000_000_000 };
        yield return Sent("asset", new CreateAsset("BTC", 0));
        venue.Accept(new CreateAsset("USD", 0));
        yield return Sent("account", new CreateAccount("desk"));
        yield return Sent("ledger", new Deposit(new AccountId(1), new AssetId(1), new Amount(100_000), "ref"));
        yield return Sent(
            "instrument",
            new ListInstrument(
                "BTC-USD", new AssetId(1), new AssetId(2), new DecimalSize(1, 0), new DecimalSize(1, 0), -5, 10));
        yield return Sent("shortfall", Venue.Order(1, Side.Buy, 60_000, 10));
        yield return Sent("refusal", Venue.Order(1, Side.Buy, 0, 10));
        yield return Sent("order", Venue.Order(1, Side.Sell, 60_000, 10, clientOrderId: "c1"));
        venue.Accept(new CreateAccount("other"), user: 1);
        venue.Deposit(2, 2, 1_000_000);
        yield return Sent("order with fill", Venue.Order(2, Side.Buy, 60_000, 3), user: 1);
        yield return Sent(
            "batch", new PlaceBatch([Venue.Order(1, Side.Sell, 60_001, 1), Venue.Order(1, Side.Sell, 1, 0)]));
        yield return Sent("canceled", new CancelOrders(default, default, null));
        yield return Sent("order not open", new CancelOrder(default, new OrderId(1), default));
        yield return Sent("feature level", new SetFeatureLevel(2));
        venue.Accept(new SetFeatureLevel(3));
        yield return Sent("cancel after", new SetCancelAfter(default, 1_000_000));
        yield return Sent("instrument with rules", new UpdateInstrument(new InstrumentId(1), -5, 10, 0)
        {
            Rules = Rules,
        });
        yield return Sent("order with options", Venue.Order(1, Side.Sell, 60_000, 10) with
        {
            DisplayQuantity = new Quantity(4),
        });
        venue.Accept(new SetFeatureLevel(4));
        venue.Accept(new CreateAsset("EUR", 2));
        venue.Deposit(2, 3, 100_000);
        yield return Sent("market", Market with { Collateral = new AssetId(3) });
        var market = new PredictionMarketId(1);
        yield return Sent("split", new SplitSet(new AccountId(2), market, new Quantity(10)), user: 1);
        yield return Sent("merge", new MergeSet(new AccountId(2), market, new Quantity(3)), user: 1);
        yield return Sent("resolved market", new ResolvePredictionMarket(market, "", [1, 2, 4], 0));
        foreach (var result in BettingSamples.Results().Concat(IdentitySamples.Results())
            .Concat(OrderSessionSamples.Results()))
        {
            yield return result;
        }

        (string, byte[]) Sent(string name, object command, int user = 0)
        {
            venue.Send(command, user);
            return ($"result {name}", venue.LastResult);
        }
    }

    private static IEnumerable<(string, byte[])> Snapshots()
    {
        yield return ("snapshot empty", new Venue().Snapshot());
        var venue = Venue.Trading(
            accounts: 2, funds: 1_000_000, makerFee: -5, takerFee: 10, baseScale: 4, quoteScale: 2, new DecimalSize(
                1, 2),
            new DecimalSize(1, 4));
        venue.Place(1, Side.Sell, 6_000, 5, clientOrderId: "c1");
        venue.Place(2, Side.Buy, 6_000, 2);
        venue.Send(Venue.Order(2, Side.Buy, 5_000, 7), user: 2, key: "k1");
        yield return ("snapshot", venue.Snapshot());
        venue.Accept(new SetFeatureLevel(2));
        yield return ("snapshot of level 2", venue.Snapshot());
        venue.Accept(new SetFeatureLevel(3));
        venue.Accept(new SetCancelAfter(new AccountId(2), 60_000_000), user: 2);
        venue.Accept(
            Venue.Order(1, Side.Sell, 6_010, 10, TimeInForce.GoodTilDate) with
            {
                ExpiresAt = new Timestamp(9_000_000),
                DisplayQuantity = new Quantity(4),
            },
            user: 1);
        venue.Accept(
            Venue.Order(2, Side.Sell, 5_000, 1, type: OrderType.StopLimit) with { StopPrice = new Price(5_100) },
            user: 2);
        venue.Accept(new UpdateInstrument(new InstrumentId(Venue.Symbol), -5, 10, 0) { Rules = Rules });
        yield return ("snapshot of level 3", venue.Snapshot());
        venue.Accept(new SetFeatureLevel(4));
        venue.Accept(Market);
        venue.Accept(Market with { EventId = "rain", Outcomes = [new("YES", "Yes"), new("NO", "No")] });
        venue.Accept(new SplitSet(default, new PredictionMarketId(1), new Quantity(10)), user: 1);
        venue.Accept(Venue.Order(1, Side.Buy, 60, 10, instrument: 5), user: 1);
        venue.Accept(Venue.Order(2, Side.Buy, 45, 3, instrument: 6), user: 2);
        venue.Accept(
            Venue.Order(2, Side.Sell, 90, 2, TimeInForce.GoodTilDate, instrument: 6) with
            {
                ExpiresAt = new Timestamp(9_000_000),
            },
            user: 2);
        venue.Accept(new ResolvePredictionMarket(new PredictionMarketId(1), "", [1, 2, 4], 0));
        yield return ("snapshot of level 4", venue.Snapshot());
        yield return ("snapshot of level 5", BettingSamples.Snapshot());
        yield return ("snapshot of level 6", IdentitySamples.Snapshot());
        yield return ("snapshot of level 7", OrderSessionSamples.Snapshot());
    }
}
