using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: every kind of order means for the second outcome what it means for the first. Method: examples in the
/// second one's terms.</summary>
public sealed class OutcomeOrderTests
{
    private const long Funds = 1_000_000;
    private readonly MarketVenue _market = new();

    [Fact]
    public void Amending_a_price_stays_in_the_orders_own_terms()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        var order = _market.Buy(2, MarketVenue.No, 30, 5).Order!;

        var moved = _market.Venue.Amend(2, order, price: 41, quantity: 6);

        Assert.Equal((OrderStatus.Filled, 40L), (moved.Order!.Status, moved.Fills.Single().Price.Ticks));
        Assert.Equal((Funds - 240, 0, 6), _market.Has(2));
        order = _market.Buy(2, MarketVenue.No, 30, 5).Order!;
        Assert.Equal(RejectReason.PriceNotBelowPayout, _market.Venue.Amend(2, order, price: 100).Reason);
        Assert.Equal(90, _market.Venue.Amend(2, order, quantity: 3).Order!.Reserved.Units);
    }

    [Fact]
    public void Post_only_looks_at_the_other_outcomes_orders_too()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        Assert.Equal(
            RejectReason.PostOnlyWouldTake,
            _market.Venue.Place(2, Side.Buy, 40, 1, postOnly: true, instrument: MarketVenue.No).Reason);
        Assert.Equal(
            RejectReason.None,
            _market.Venue.Place(2, Side.Buy, 39, 1, postOnly: true, instrument: MarketVenue.No).Reason);
    }

    [Fact]
    public void A_market_order_for_no_pays_what_the_book_of_yes_says()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(1, MarketVenue.Yes, 55, 10);

        var order = _market.Venue.Place(
            2, Side.Buy, 0, 15, type: OrderType.Market, instrument: MarketVenue.No).Order!;

        Assert.Equal(OrderStatus.Filled, order.Status);
        Assert.Equal((Funds - 400 - 225, 0, 15), _market.Has(2));
        _market.Venue.Accept(new Withdraw(
            new AccountId(3), new AssetId(MarketVenue.Dollars), new Amount(Funds - 44), ""));
        Assert.Equal(
            RejectReason.InsufficientFunds,
            _market.Venue.Place(3, Side.Buy, 0, 1, type: OrderType.Market, instrument: MarketVenue.No).Reason);
    }

    [Fact]
    public void A_protection_price_for_no_bounds_what_no_costs()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(1, MarketVenue.Yes, 55, 10);
        var order = _market.Venue.Place(
            Venue.MarketOrder(2, Side.Buy, 15, protection: 44) with { Instrument = new InstrumentId(MarketVenue.No) });

        Assert.Equal(
            (OrderStatus.Expired, StatusReason.ProtectionPrice, 10),
            (order.Order!.Status, order.Order.Reason, order.Order.Filled.Lots));
    }

    [Fact]
    public void A_budget_is_spent_at_the_price_of_no()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        var order = _market.Venue.Place(Venue.MarketOrder(2, Side.Buy, 0) with
        {
            Instrument = new InstrumentId(MarketVenue.No),
            QuoteQuantity = new Amount(210),
        });

        Assert.Equal((OrderStatus.Filled, 5L), (order.Order!.Status, order.Order.Filled.Lots));
        Assert.Equal((Funds - 200, 0, 5), _market.Has(2));
    }

    [Theory]
    [InlineData(15, OrderStatus.Filled, 15)]
    [InlineData(21, OrderStatus.Expired, 0)]
    public void A_fill_or_kill_for_no_counts_what_the_book_of_yes_has(long lots, OrderStatus status, long filled)
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(1, MarketVenue.Yes, 55, 10);
        var limit = _market.Venue.Place(
            2, Side.Buy, 45, lots, TimeInForce.FillOrKill, instrument: MarketVenue.No).Order!;
        Assert.Equal((status, filled), (limit.Status, limit.Filled.Lots));
    }

    /// <summary>15 lots cost 10 times 40 and 5 times 45.</summary>
    [Theory]
    [InlineData(625, OrderStatus.Filled)]
    [InlineData(624, OrderStatus.Expired)]
    public void A_fill_or_kill_market_order_for_no_must_be_able_to_pay_in_its_terms(long funds, OrderStatus status)
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(1, MarketVenue.Yes, 55, 10);
        _market.Venue.Accept(new Withdraw(
            new AccountId(2), new AssetId(MarketVenue.Dollars), new Amount(Funds - funds), ""));
        Assert.Equal(
            status,
            _market.Venue.Place(
                2, Side.Buy, 0, 15, TimeInForce.FillOrKill, type: OrderType.Market,
                instrument: MarketVenue.No).Order!.Status);
    }

    /// <summary>A stop to buy no waits for no to become dearer, which is yes becoming cheaper.</summary>
    [Fact]
    public void Stops_of_no_wait_for_its_own_price()
    {
        _market.Split(1, 100);
        var buy = _market.Venue.Place(Venue.Order(
            2, Side.Buy, 60, 3, type: OrderType.StopLimit, instrument: MarketVenue.No) with
        {
            StopPrice = new Price(50),
        }).Order!;
        var sell = _market.Venue.Place(Venue.Order(
            1, Side.Sell, 20, 3, type: OrderType.StopLimit, instrument: MarketVenue.No) with
        {
            StopPrice = new Price(30),
        }).Order!;
        Assert.Equal((OrderStatus.Pending, 180), (buy.Status, buy.Reserved.Units));

        Trade(yes: 60); // No is at 40: neither.
        Assert.Equal(OrderStatus.Pending, _market.Venue.Exchange.FindOrder(buy.Id)!.Status);
        Assert.Equal(OrderStatus.Pending, _market.Venue.Exchange.FindOrder(sell.Id)!.Status);
        Trade(yes: 70); // No is at 30.
        Assert.Equal(OrderStatus.Pending, _market.Venue.Exchange.FindOrder(buy.Id)!.Status);
        Assert.Equal(OrderStatus.Open, _market.Venue.Exchange.FindOrder(sell.Id)!.Status);
        _market.Venue.Cancel(1, sell);
        Trade(yes: 50); // No is at 50.
        Assert.Equal(OrderStatus.Open, _market.Venue.Exchange.FindOrder(buy.Id)!.Status);
        Assert.Equal(
            RejectReason.PriceNotBelowPayout,
            _market.Venue.Place(Venue.Order(
                2, Side.Buy, 60, 3, type: OrderType.StopLimit, instrument: MarketVenue.No) with
            {
                StopPrice = new Price(100),
            }).Reason);
    }

    [Fact]
    public void Icebergs_and_ends_work_across_both_outcomes()
    {
        _market.Venue.Place(Venue.Order(
            1, Side.Buy, 40, 9, TimeInForce.GoodTilDate, instrument: MarketVenue.No) with
        {
            DisplayQuantity = new Quantity(3),
            ExpiresAt = new Timestamp(_market.Venue.Time + 10),
        });
        Assert.Equal(3, _market.Venue.Exchange.MarketBook(MarketVenue.Market, 5, false)![0].Asks[0].Quantity.Lots);

        _market.Buy(2, MarketVenue.Yes, 60, 4);
        Assert.Equal((Funds - 240, 4, 0), _market.Has(2));
        _market.Venue.Time += 10;
        var order = _market.Buy(2, MarketVenue.Yes, 60, 4).Order!;
        Assert.Equal((OrderStatus.Open, 0L), (order.Status, order.Filled.Lots));
        Assert.Equal((Funds - 160, 0, 4), _market.Has(1));
    }

    [Fact]
    public void An_atomic_batch_sees_that_its_own_orders_would_meet()
    {
        var batch = new PlaceBatch(
            [
                Venue.Order(1, Side.Buy, 60, 5, instrument: MarketVenue.Yes),
                Venue.Order(1, Side.Buy, 40, 5, postOnly: true, instrument: MarketVenue.No),
            ])
        { IsAtomic = true };
        Assert.Equal(
            [RejectReason.BatchAborted, RejectReason.PostOnlyWouldTake],
            _market.Venue.Send(batch, 1).Items.Select(item => item.Reason));

        var spread = new PlaceBatch(
            [
                Venue.Order(1, Side.Buy, 60, 5, instrument: MarketVenue.Yes),
                Venue.Order(1, Side.Buy, 39, 5, postOnly: true, instrument: MarketVenue.No),
            ])
        { IsAtomic = true };
        Assert.All(_market.Venue.Send(spread, 1).Items, item => Assert.Equal(RejectReason.None, item.Reason));
    }

    [Fact]
    public void Mass_cancel_by_instrument_and_side_is_in_own_terms()
    {
        var yes = _market.Buy(1, MarketVenue.Yes, 60, 5).Order!;
        var no = _market.Buy(1, MarketVenue.No, 30, 5).Order!;

        Assert.Empty(_market.Venue.Send(
            new CancelOrders(new AccountId(1), new InstrumentId(MarketVenue.No), Side.Sell), 1).Canceled);
        Assert.Equal(
            [no.Id],
            _market.Venue.Send(
                new CancelOrders(new AccountId(1), new InstrumentId(MarketVenue.No), Side.Buy), 1).Canceled);
        Assert.Equal([yes.Id], _market.Venue.Send(new CancelOrders(new AccountId(1), default, null), 1).Canceled);
        Assert.Equal((Funds, 0), _market.Venue.Balance(1, MarketVenue.Dollars));
    }

    [Fact]
    public void A_price_band_of_no_is_around_its_own_last_price()
    {
        _market.Venue.Accept(new UpdateInstrument(new InstrumentId(MarketVenue.No), 0, 0, 0)
        {
            Rules = new OrderRules(0, 0, 1_000),
        });
        Trade(yes: 60);
        Assert.Equal(RejectReason.PriceOutOfBand, _market.Buy(2, MarketVenue.No, 45, 1).Reason);
        Assert.Equal(RejectReason.None, _market.Buy(2, MarketVenue.No, 36, 1).Reason);
        Assert.Equal(RejectReason.None, _market.Buy(3, MarketVenue.Yes, 10, 1).Reason);
    }

    [Fact]
    public void What_would_become_of_an_order_for_no_is_what_becomes_of_it()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(1, MarketVenue.Yes, 55, 10);
        var order = Venue.Order(2, Side.Buy, 45, 25, instrument: MarketVenue.No);

        var preview = _market.Venue.Exchange.Preview(_market.Venue.Bytes(order, 2));
        var placed = _market.Venue.Place(order);

        Assert.Equal([(40, 10), (45, 10)], preview.Fills.Select(fill => (fill.Price.Ticks, fill.Quantity.Lots)));
        Assert.Equal(
            (placed.Order!.Remaining, placed.Order.Reserved, placed.Order.Status),
            (preview.Remaining, preview.Reserved, preview.Status));
    }

    /// <summary>One lot of yes, by the accounts 3 and 4.</summary>
    private void Trade(long yes)
    {
        var maker = _market.Buy(3, MarketVenue.Yes, yes, 1).Order!;
        _market.Buy(4, MarketVenue.No, 100 - yes, 1);
        Assert.Equal(OrderStatus.Filled, _market.Venue.Exchange.FindOrder(maker.Id)!.Status);
    }
}
