using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Each refusal of an order, its precedence, and that it leaves no trace.</summary>
public sealed class ValidationTests
{
    [Fact]
    [Trait("MatchingScenario", "79 zero_qty")]
    [Trait("MatchingScenario", "80 negative_qty")]
    [Trait("MatchingScenario", "81 zero_or_negative_price")]
    [Trait("MatchingScenario", "86 price_times_qty_overflow_rejected")]
    [Trait("MatchingScenario", "88 long.MaxValue_price_or_qty")]
    [Trait("MatchingScenario", "90 unknown_symbol_or_account")]
    public void Each_refusal_is_told_apart_and_only_an_event_tells_of_it()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxOpenOrders = 1 });
        Refused(venue, RejectReason.AccountNotFound, Venue.Order(2, Side.Buy, 1, 1), user: 1);
        Refused(venue, RejectReason.AccountNotFound, Venue.Order(99, Side.Buy, 1, 1), user: 1);
        Refused(venue, RejectReason.AccountNotFound, Venue.Order(-1, Side.Buy, 1, 1), user: 1);
        Refused(venue, RejectReason.AccountRequired, Venue.Order(0, Side.Buy, 1, 1), user: 77);
        Refused(venue, RejectReason.InstrumentNotFound, Venue.Order(1, Side.Buy, 1, 1, instrument: 9), user: 1);
        Refused(venue, RejectReason.InstrumentNotFound, Venue.Order(1, Side.Buy, 1, 1, instrument: 0), user: 1);
        Refused(venue, RejectReason.QuantityNotPositive, Venue.Order(1, Side.Buy, 1, 0), user: 1);
        Refused(venue, RejectReason.QuantityNotPositive, Venue.Order(1, Side.Buy, 1, -5), user: 1);
        Refused(
            venue, RejectReason.QuantityNotPositive, Venue.Order(1, Side.Buy, 0, 0, type: OrderType.Market), user: 1);
        Refused(venue, RejectReason.PriceNotPositive, Venue.Order(1, Side.Buy, 0, 1), user: 1);
        Refused(venue, RejectReason.PriceNotPositive, Venue.Order(1, Side.Sell, -1, 1), user: 1);
        Refused(venue, RejectReason.NotionalTooLarge, Venue.Order(1, Side.Buy, long.MaxValue, 2), user: 1);
        Refused(venue, RejectReason.NotionalTooLarge, Venue.Order(1, Side.Sell, 2, long.MaxValue), user: 1);
        Refused(venue, RejectReason.InsufficientFunds, Venue.Order(1, Side.Buy, long.MaxValue, 1), user: 1);
        Refused(venue, RejectReason.InsufficientFunds, Venue.Order(1, Side.Sell, 1, long.MaxValue), user: 1);
        venue.Place(1, Side.Buy, 1, 1);
        Refused(venue, RejectReason.LimitReached, Venue.Order(1, Side.Buy, 1, 1), user: 1);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), InstrumentStatus.Halted, false, 0));
        Refused(venue, RejectReason.MarketNotOpen, Venue.Order(1, Side.Buy, 0, 0), user: 1);
    }

    [Theory]
    [InlineData(InstrumentStatus.Halted)]
    [InlineData(InstrumentStatus.CancelOnly)]
    [InlineData(InstrumentStatus.Closed)]
    [Trait("MatchingScenario", "91 state_closed_or_suspended")]
    public void Order_is_refused_while_the_instrument_is_not_open(InstrumentStatus status)
    {
        var venue = Venue.Trading();
        venue.Place(2, Side.Sell, 100, 1);
        venue.Accept(new SetInstrumentStatus(new InstrumentId(1), status, false, 0));

        Refused(venue, RejectReason.MarketNotOpen, Venue.Order(1, Side.Buy, 100, 1), user: 1);
        Refused(venue, RejectReason.MarketNotOpen, Venue.Order(1, Side.Sell, 101, 1), user: 1);
        Refused(venue, RejectReason.MarketNotOpen, Venue.Order(1, Side.Buy, 0, 1, type: OrderType.Market), user: 1);
    }

    [Fact]
    public void First_reason_in_the_order_of_the_checks_is_given()
    {
        var venue = Venue.Trading();
        var wrongInEveryWay = Venue.Order(9, Side.Buy, -1, -1, TimeInForce.FillOrKill, postOnly: true, instrument: 9);
        Refused(venue, RejectReason.AccountNotFound, wrongInEveryWay, user: 1);
        Refused(venue, RejectReason.InstrumentNotFound, wrongInEveryWay with { Account = new AccountId(1) }, user: 1);
        wrongInEveryWay = wrongInEveryWay with { Account = new AccountId(1), Instrument = new InstrumentId(1) };
        Refused(venue, RejectReason.QuantityNotPositive, wrongInEveryWay, user: 1);
        wrongInEveryWay = wrongInEveryWay with { Quantity = new Quantity(long.MaxValue) };
        Refused(venue, RejectReason.PriceNotPositive, wrongInEveryWay, user: 1);
        wrongInEveryWay = wrongInEveryWay with { LimitPrice = new Price(long.MaxValue) };
        Refused(venue, RejectReason.PostOnlyInvalid, wrongInEveryWay, user: 1);
        wrongInEveryWay = wrongInEveryWay with { TimeInForce = TimeInForce.GoodTilCanceled };
        Refused(venue, RejectReason.NotionalTooLarge, wrongInEveryWay, user: 1);
        venue.Place(2, Side.Sell, 100, 1);
        wrongInEveryWay = wrongInEveryWay with { Quantity = new Quantity(1) };
        Refused(venue, RejectReason.PostOnlyWouldTake, wrongInEveryWay, user: 1);
        Refused(venue, RejectReason.InsufficientFunds, wrongInEveryWay with { IsPostOnly = false }, user: 1);
    }

    [Fact]
    public void Account_may_be_left_out_only_while_the_user_has_exactly_one()
    {
        var venue = Venue.Trading();
        Assert.Equal(1, venue.Send(Venue.Order(0, Side.Buy, 1, 1), user: 1).Order!.Account.Value);
        venue.Accept(new CreateAccount("second"), user: 1);
        Refused(venue, RejectReason.AccountRequired, Venue.Order(0, Side.Buy, 1, 1), user: 1);
        Assert.True(venue.Send(Venue.Order(1, Side.Buy, 1, 1), user: 1).IsAccepted);
    }

    [Fact]
    [Trait("MatchingScenario", "88 long.MaxValue_price_or_qty")]
    public void Numbers_near_the_end_of_64_bits_trade_exactly()
    {
        const long Most = long.MaxValue;
        var venue = Venue.Trading(accounts: 2, funds: 0);
        venue.Deposit(1, Venue.Base, Most);
        venue.Deposit(2, Venue.Quote, Most);

        Assert.Equal(RejectReason.NotionalTooLarge, venue.Place(1, Side.Sell, 2, Most).Reason);
        venue.Place(1, Side.Sell, 1, Most);
        Assert.Equal(OrderStatus.Filled, venue.Place(2, Side.Buy, 1, Most).Order!.Status);

        Assert.Equal((Most, 0L), venue.Balance(1, Venue.Quote));
        Assert.Equal((Most, 0L), venue.Balance(2, Venue.Base));
        Assert.Equal(
            RejectReason.AmountTooLarge,
            venue.Send(new Deposit(new AccountId(1), new AssetId(1), new Amount(1), "")).Reason);
    }

    [Theory]
    [InlineData(Side.Buy, 0)]
    [InlineData(Side.Sell, 0)]
    [InlineData(Side.Sell, 30)]
    [Trait("MatchingScenario", "86 price_times_qty_overflow_rejected")]
    public void Worth_in_units_stays_within_64_bits_on_either_side(Side side, int fee)
    {
        // A value is a hundred units: the value of what is too much fits 64 bits.
        const long Most = long.MaxValue / 100;
        var venue = Venue.Trading(accounts: 1, funds: long.MaxValue, takerFee: fee, quoteScale: 2);
        Refused(venue, RejectReason.NotionalTooLarge, Venue.Order(1, side, Most + 1, 1), user: 1);
        Refused(venue, RejectReason.NotionalTooLarge, Venue.Order(1, side, (Most / 7) + 1, 7), user: 1);

        Assert.Equal(RejectReason.None, venue.Place(1, side, Most / 7, 7).Reason);
        var held = side == Side.Buy ? venue.Balance(1, Venue.Quote) : venue.Balance(1, Venue.Base);
        Assert.Equal(side == Side.Buy ? Most / 7 * 700 : 7, held.Reserved);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "88 long.MaxValue_price_or_qty")]
    public void Account_that_holds_nearly_all_there_is_may_trade_with_itself(Side taker)
    {
        const long Most = long.MaxValue;
        var venue = Venue.Trading(accounts: 1, funds: Most);
        venue.Place(1, taker.Opposite(), 3, Most / 4);

        var order = venue.Place(1, taker, 3, Most / 4, stp: SelfTradePrevention.None).Order!;

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal((Most, 0L), venue.Balance(1, Venue.Base));
        Assert.Equal((Most, 0L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    [Trait("MatchingScenario", "87 level_total_overflow")]
    public void Lots_of_one_side_stay_within_64_bits()
    {
        // A million values make one unit, so lots far beyond all funds can be bid for.
        var venue = Venue.Trading(
            accounts: 2, funds: 1_000_000_000_000_000, baseScale: 0, quoteScale: 0, tick: new DecimalSize(1, 6));
        Assert.True(venue.Place(1, Side.Buy, 1, long.MaxValue / 2).Reason == RejectReason.None);
        Assert.True(venue.Place(2, Side.Buy, 1, long.MaxValue / 2).Reason == RejectReason.None);
        Assert.Equal(RejectReason.None, venue.Place(1, Side.Buy, 1, 1).Reason);
        Assert.Equal(RejectReason.NotionalTooLarge, venue.Place(1, Side.Buy, 1, 1).Reason);
        Assert.Equal(long.MaxValue, venue.Book().Bids[0].Quantity.Lots);
    }

    [Fact]
    [Trait("MatchingScenario", "89 wide_price_in_domain")]
    public void Lowest_and_highest_price_there_is_stand_in_one_book_and_trade()
    {
        const long Most = long.MaxValue;
        var venue = Venue.Trading(accounts: 2, funds: 0);
        venue.Deposit(1, Venue.Base, 4);
        venue.Deposit(2, Venue.Quote, Most);
        var low = venue.Place(1, Side.Sell, 1, 1).Order!;
        var high = venue.Place(1, Side.Sell, Most, 1).Order!;
        var middle = venue.Place(1, Side.Sell, Most / 2, 1).Order!;
        Assert.Equal([low.Id.Value, middle.Id.Value, high.Id.Value], venue.Queue(Side.Sell));

        Assert.Equal(1, venue.Place(2, Side.Buy, Most / 2, 1).Fills.Single().Price.Ticks);
        Assert.Equal(Most / 2, venue.Place(2, Side.Buy, Most / 2, 1).Fills.Single().Price.Ticks);
        Assert.Equal(RejectReason.InsufficientFunds, venue.Place(2, Side.Buy, Most, 1).Reason);
        var bid = venue.Place(2, Side.Buy, Most / 2, 1).Order!;
        Assert.Equal([(Most / 2, 1L)], venue.Levels(Side.Buy));
        Assert.Equal([(Most, 1L)], venue.Levels(Side.Sell));
        Assert.Equal(bid.Id, venue.Place(1, Side.Sell, 1, 1).Fills.Single().MakerOrder);
    }

    [Fact]
    public void Batch_gives_each_order_its_own_outcome()
    {
        var venue = Venue.Trading();
        PlaceOrder[] orders =
        [
            Venue.Order(1, Side.Sell, 100, 1), Venue.Order(1, Side.Sell, 0, 1), Venue.Order(1, Side.Sell, 101, 1),
        ];
        var outcome = venue.Send(new PlaceBatch(orders), user: 1);

        Assert.Equal(
            [RejectReason.None, RejectReason.PriceNotPositive, RejectReason.None], outcome.Items.Select(i => i.Reason));
        Assert.Equal([1L, 2L], venue.Queue(Side.Sell));
        Assert.Single(venue.Events.Of<OrderRejected>());
    }

    [Fact]
    public void Batch_without_orders_or_with_too_many_is_refused_whole()
    {
        var venue = Venue.Trading();
        Assert.Equal(RejectReason.BatchEmpty, venue.Send(new PlaceBatch([]), user: 1).Reason);
        var tooMany = Enumerable.Repeat(Venue.Order(1, Side.Sell, 100, 1), PlaceBatch.MaxOrders + 1).ToArray();
        Assert.Equal(RejectReason.BatchEmpty, venue.Send(new PlaceBatch(tooMany), user: 1).Reason);
        Assert.Empty(venue.Queue(Side.Sell));
        Assert.Equal(
            PlaceBatch.MaxOrders, venue.Send(new PlaceBatch(tooMany[1..]), user: 1).Items.Count(i => i.IsAccepted));
    }

    private static void Refused(Venue venue, RejectReason reason, PlaceOrder order, int user)
    {
        var before = Untimed(venue.Snapshot());
        venue.Events.Clear();

        Assert.Equal(reason, venue.Send(order, user).Reason);

        var rejected = Assert.IsType<OrderRejected>(Assert.Single(venue.Events.All));
        Assert.Equal(
            (reason, order.Account, order.Instrument), (rejected.Reason, rejected.Account, rejected.Instrument));
        Assert.Equal(before, Untimed(venue.Snapshot()));
    }

    /// <summary>A snapshot without its first values, which say how far the log was applied.</summary>
    private static byte[] Untimed(byte[] snapshot) => SnapshotParts.WithoutPosition(snapshot);
}
