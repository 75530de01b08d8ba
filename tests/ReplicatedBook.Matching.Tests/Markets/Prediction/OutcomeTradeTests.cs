using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: what each of the four meetings of yes and no moves (MATCHING.md 7, R1 to R3). Method: examples with
/// every number given.</summary>
public sealed class OutcomeTradeTests
{
    private const long Funds = 1_000_000;
    private readonly MarketVenue _market = new();

    [Fact]
    [Trait("MatchingScenario", "119 mint")]
    public void Bids_for_yes_at_60_and_for_no_at_40_mint_what_both_pay_for()
    {
        var maker = _market.Buy(1, MarketVenue.Yes, 60, 10);
        var taker = _market.Buy(2, MarketVenue.No, 40, 4);

        Assert.Equal((OrderStatus.Open, 600), (maker.Order!.Status, maker.Order.Reserved.Units));
        Assert.Equal((OrderStatus.Filled, 40L), (taker.Order!.Status, taker.Fills.Single().Price.Ticks));
        Assert.Equal((Funds - 240, 4, 0), _market.Has(1));
        Assert.Equal((Funds - 160, 0, 4), _market.Has(2));
        Assert.Equal((Funds - 600, 360), _market.Venue.Balance(1, MarketVenue.Dollars));
        Assert.Equal((400, 4), (_market.View.Pool.Units, _market.View.OpenInterest.Lots));
    }

    [Fact]
    public void The_takers_better_price_stays_with_it_whichever_outcome_it_names()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        var taker = _market.Buy(2, MarketVenue.No, 55, 10); // Pays 40, not 55.

        Assert.Equal(40, taker.Fills.Single().Price.Ticks);
        Assert.Equal((Funds - 400, 0), _market.Venue.Balance(2, MarketVenue.Dollars));

        _market.Buy(3, MarketVenue.No, 30, 5);
        _market.Buy(4, MarketVenue.Yes, 90, 5); // Pays 70.
        Assert.Equal((Funds - 350, 5, 0), _market.Has(4));
        Assert.Equal(1_500, _market.View.Pool.Units);
    }

    [Fact]
    public void Bids_that_add_up_to_less_than_the_payout_do_not_meet()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        Assert.Equal(OrderStatus.Open, _market.Buy(2, MarketVenue.No, 39, 4).Order!.Status);
    }

    [Fact]
    [Trait("MatchingScenario", "120 merge")]
    public void Offers_of_yes_and_no_that_ask_for_no_more_than_the_payout_merge()
    {
        _market.Split(1, 10);
        _market.Split(2, 10);
        _market.Sell(1, MarketVenue.Yes, 55, 10);
        Assert.Equal((0, 10), _market.Venue.Balance(1, MarketVenue.YesShares));
        Assert.Equal(OrderStatus.Open, _market.Sell(2, MarketVenue.No, 46, 1).Order!.Status);

        var taker = _market.Sell(2, MarketVenue.No, 40, 4); // Gets 45.

        Assert.Equal((OrderStatus.Filled, 45L), (taker.Order!.Status, taker.Fills.Single().Price.Ticks));
        Assert.Equal((Funds - 1_000 + 220, 6, 10), _market.Has(1));
        Assert.Equal((Funds - 1_000 + 180, 10, 6), _market.Has(2));
        Assert.Equal((1_600, 16), (_market.View.Pool.Units, _market.View.OpenInterest.Lots));
    }

    [Fact]
    [Trait("MatchingScenario", "121 transfer")]
    public void Buyer_and_seller_of_one_outcome_pass_shares_on_and_the_pool_stays()
    {
        _market.Split(1, 10);
        _market.Sell(1, MarketVenue.Yes, 70, 3);
        _market.Buy(2, MarketVenue.Yes, 75, 3);
        _market.Buy(3, MarketVenue.No, 20, 2);
        _market.Sell(1, MarketVenue.No, 15, 2);

        Assert.Equal((Funds - 1_000 + 210 + 40, 7, 8), _market.Has(1));
        Assert.Equal((Funds - 210, 3, 0), _market.Has(2));
        Assert.Equal((Funds - 40, 0, 2), _market.Has(3));
        Assert.Equal((1_000, 10), (_market.View.Pool.Units, _market.View.OpenInterest.Lots));
    }

    [Fact]
    public void One_book_mixes_both_outcomes_by_price_then_time()
    {
        _market.Split(4, 100);
        _market.Buy(1, MarketVenue.Yes, 60, 1); // Order 1.
        _market.Sell(4, MarketVenue.No, 40, 1); // Order 2: a bid of 60 for yes.
        _market.Sell(4, MarketVenue.No, 39, 1); // Order 3: a bid of 61.
        _market.Buy(2, MarketVenue.Yes, 60, 1); // Order 4.

        var taker = _market.Buy(3, MarketVenue.No, 40, 4);

        Assert.Equal([3, 1, 2, 4], taker.Fills.Select(fill => fill.MakerOrder.Value));
        Assert.Equal([39, 40, 40, 40], taker.Fills.Select(fill => fill.Price.Ticks));
    }

    /// <summary>Nobody may sell what it has not: not even the other side of what it bids for.</summary>
    [Fact]
    public void Selling_needs_shares_and_buying_needs_money()
    {
        Assert.Equal(RejectReason.InsufficientFunds, _market.Sell(1, MarketVenue.Yes, 50, 1).Reason);
        var refused = _market.Sell(1, MarketVenue.No, 50, 1);
        Assert.Equal(
            (RejectReason.InsufficientFunds, 1, 0, MarketVenue.NoShares),
            (refused.Reason, refused.Needed.Units, refused.Available.Units, refused.FundsAsset.Value));
        Assert.Equal(RejectReason.InsufficientFunds, _market.Buy(1, MarketVenue.No, 50, (Funds / 50) + 1).Reason);
        Assert.Equal(RejectReason.None, _market.Buy(1, MarketVenue.No, 50, Funds / 50).Reason);
    }

    [Theory]
    [InlineData(MarketVenue.Yes, 100, RejectReason.PriceNotBelowPayout)]
    [InlineData(MarketVenue.No, 100, RejectReason.PriceNotBelowPayout)]
    [InlineData(MarketVenue.No, 101, RejectReason.PriceNotBelowPayout)]
    [InlineData(MarketVenue.Yes, 0, RejectReason.PriceNotPositive)]
    [InlineData(MarketVenue.No, 0, RejectReason.PriceNotPositive)]
    [InlineData(MarketVenue.No, 99, RejectReason.None)]
    [InlineData(MarketVenue.Yes, 1, RejectReason.None)]
    public void Prices_lie_between_nothing_and_the_payout(int instrument, long price, RejectReason reason) =>
        Assert.Equal(reason, _market.Buy(1, instrument, price, 1).Reason);

    [Theory]
    [Trait("MatchingScenario", "78 STP_across_complement")]
    [InlineData(SelfTradePrevention.CancelTaker)]
    [InlineData(SelfTradePrevention.CancelMaker)]
    [InlineData(SelfTradePrevention.CancelBoth)]
    [InlineData(SelfTradePrevention.Decrement)]
    [InlineData(SelfTradePrevention.None)]
    public void Self_trade_prevention_sees_yes_and_no_as_one_book(SelfTradePrevention mode)
    {
        var maker = _market.Buy(1, MarketVenue.Yes, 60, 10).Order!;
        _market.Venue.Events.Clear();

        var taker = _market.Venue.Place(
            1, Side.Buy, 45, 4, stp: mode, instrument: MarketVenue.No).Order!;

        maker = _market.Venue.Exchange.FindOrder(maker.Id)!;
        Assert.Equal(mode == SelfTradePrevention.None ? 1 : 0, _market.Venue.Events.Of<Trade>().Count());
        Assert.Equal(mode == SelfTradePrevention.None ? 400 : 0, _market.View.Pool.Units);
        Assert.Equal(
            mode switch
            {
                SelfTradePrevention.CancelTaker => (OrderStatus.Open, 10, OrderStatus.Canceled),
                SelfTradePrevention.CancelMaker => (OrderStatus.Canceled, 0, OrderStatus.Open),
                SelfTradePrevention.CancelBoth => (OrderStatus.Canceled, 0, OrderStatus.Canceled),
                SelfTradePrevention.Decrement => (OrderStatus.Open, 6, OrderStatus.Canceled),
                _ => (OrderStatus.Open, 6L, OrderStatus.Filled),
            },
            (maker.Status, maker.Remaining.Lots, taker.Status));
    }

    /// <summary>The book sees a buyer of no as a seller of yes; its owner sees what it asked for.</summary>
    [Fact]
    public void Orders_fills_books_and_tickers_of_no_are_in_its_own_terms()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        var order = _market.Buy(2, MarketVenue.No, 30, 7).Order!;
        _market.Buy(3, MarketVenue.No, 40, 2);
        var exchange = _market.Venue.Exchange;

        Assert.Equal(
            (MarketVenue.No, Side.Buy, 30, 210),
            (order.Instrument.Value, order.Side, order.LimitPrice.Ticks, order.Reserved.Units));
        var no = exchange.FindInstrument(new InstrumentId(MarketVenue.No))!;
        Assert.Equal(
            (70, Side.Sell, MarketVenue.Yes, "rain:NO"),
            (no.CanonicalPriceOf(order.LimitPrice).Ticks, no.CanonicalSideOf(order.Side), no.Canonical.Value,
                no.Symbol));
        var books = exchange.MarketBook(MarketVenue.Market, 10, withOrders: true)!;
        Assert.Equal([(60, 8)], books[0].Bids.Select(level => (level.Price.Ticks, level.Quantity.Lots)));
        Assert.Equal([(70, 7)], books[0].Asks.Select(level => (level.Price.Ticks, level.Quantity.Lots)));
        Assert.Equal([(30, 7)], books[1].Bids.Select(level => (level.Price.Ticks, level.Quantity.Lots)));
        Assert.Equal([(40, 8)], books[1].Asks.Select(level => (level.Price.Ticks, level.Quantity.Lots)));
        Assert.Equal([(30, order.Id.Value)], books[1].BidOrders.Select(o => (o.Price.Ticks, o.Order.Value)));
        var ticker = exchange.Ticker(new InstrumentId(MarketVenue.No))!;
        Assert.Equal(
            (40, 40, 30, 40, 2),
            (ticker.Last!.Value.Ticks, ticker.High!.Value.Ticks, ticker.BestBid!.Value.Price.Ticks,
                ticker.BestAsk!.Value.Price.Ticks, ticker.Volume.Lots));
        Assert.Equal(60, exchange.Ticker(new InstrumentId(MarketVenue.Yes))!.Last!.Value.Ticks);
        var trade = exchange.Trades(new InstrumentId(MarketVenue.No), default, 10).Single();
        Assert.Equal((40, Side.Buy, MarketVenue.No), (trade.Price.Ticks, trade.TakerSide, trade.Instrument.Value));
        Assert.Equal([order.Id], exchange.OpenOrders(new InstrumentId(MarketVenue.No)).Select(o => o.Id));
        Assert.Equal([60, 40], _market.View.Outcomes.Select(outcome => outcome.LastPrice!.Value.Ticks));
    }

    [Fact]
    public void A_trade_is_told_in_terms_of_the_first_outcome()
    {
        _market.Buy(1, MarketVenue.No, 30, 10);
        _market.Venue.Events.Clear();
        _market.Buy(2, MarketVenue.Yes, 70, 3);

        var trade = _market.Venue.Events.Of<Trade>().Single();
        Assert.Equal(
            (MarketVenue.Yes, 70, Side.Buy), (trade.Instrument.Value, trade.Price.Ticks, trade.TakerSide));
    }

    [Fact]
    public void Fees_are_on_each_sides_own_value()
    {
        var market = new MarketVenue(makerFee: 100, takerFee: 500);
        market.Buy(1, MarketVenue.Yes, 80, 100);
        Assert.Equal(8_400, market.Venue.Exchange.OpenOrders(new AccountId(1)).Single().Reserved.Units);

        market.Buy(2, MarketVenue.No, 20, 100);

        Assert.Equal((Funds - 8_080, 100, 0), market.Has(1)); // 1 % of 8,000.
        Assert.Equal((Funds - 2_100, 0, 100), market.Has(2)); // 5 % of 2,000.
        Assert.Equal(10_000, market.View.Pool.Units);
        Assert.Equal(180, market.Venue.Exchange.Conservation()[MarketVenue.Dollars - 1].Fees.Units);

        market.Sell(1, MarketVenue.Yes, 50, 100);
        market.Sell(2, MarketVenue.No, 50, 100);
        Assert.Equal((Funds - 8_080 + 4_950, 0, 0), market.Has(1));
        Assert.Equal((Funds - 2_100 + 4_750, 0, 0), market.Has(2));
        Assert.Equal(0, market.View.Pool.Units);
    }
}
