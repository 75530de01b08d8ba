using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: that very many orders have one end neither holds up a command nor lets one of them trade after it.
/// Method: more than may end before one command.</summary>
public sealed class DueTests
{
    private const int Orders = Exchange.MostEnds + 50;
    private const long End = 5_000_000;
    private readonly Venue _venue = Venue.Trading(funds: 1_000_000_000);

    public DueTests()
    {
        _venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        Rest(_venue, i => Orders - i); // The youngest have the best price: those which are left over stand first.
        _venue.Events.Clear();
    }

    [Fact]
    public void Not_all_end_before_one_command_and_none_is_left_after_the_next()
    {
        _venue.Time = End;
        _venue.Accept(default(Tick));
        Assert.Equal(Exchange.MostEnds, _venue.Events.Of<OrderExpired>().Count());
        Assert.Equal(new Timestamp(End), _venue.Exchange.NextDue);

        _venue.Accept(default(Tick));
        Assert.Equal(Orders, _venue.Events.Of<OrderExpired>().Count());
        Assert.Null(_venue.Exchange.NextDue);
        Assert.Empty(_venue.Book().Asks);
    }

    [Fact]
    public void What_is_left_over_trades_with_nobody()
    {
        var before = _venue.Place(3, Side.Sell, 1, 1).Order!;
        _venue.Time = End;
        var taken = _venue.Market(2, Side.Buy, 5);

        Assert.Equal((OrderStatus.Expired, StatusReason.NoLiquidity), (taken.Order!.Status, taken.Order.Reason));
        Assert.Equal(before.Id, Assert.Single(taken.Fills).MakerOrder);
        Assert.Equal(Orders, _venue.Events.Of<OrderExpired>().Count(e => e.Reason == StatusReason.GoodTilDate));
    }

    [Fact]
    public void What_is_left_over_ends_before_an_order_is_taken_that_would_meet_it()
    {
        _venue.Place(2, Side.Sell, 2 * Orders, 1); // With it the next order of the account is as most are.
        _venue.Events.Clear();
        _venue.Time = End;
        Assert.Equal(OrderStatus.Open, _venue.Place(2, Side.Buy, Orders, 5).Order!.Status);

        Assert.Equal(Orders, _venue.Events.Of<OrderExpired>().Count());
        Assert.IsType<OrderAccepted>(_venue.Events.All[^1]);
    }

    /// <summary>Method: what is left over stands behind an order of the buyer's own, at a price it could not
    /// pay.</summary>
    [Fact]
    public void What_is_left_over_is_nothing_a_market_buy_must_be_able_to_pay()
    {
        var venue = Venue.Trading(funds: 2 * Orders);
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        Rest(venue, _ => 4 * Orders);
        var own = venue.Place(2, Side.Sell, 50, 1).Order!;
        venue.Time = End;
        var taken = venue.Place(Venue.MarketOrder(2, Side.Buy, 1) with
        {
            SelfTradePrevention = SelfTradePrevention.CancelMaker,
        });

        Assert.Equal((RejectReason.None, StatusReason.NoLiquidity), (taken.Reason, taken.Order!.Reason));
        Assert.Equal(StatusReason.SelfTrade, venue.Exchange.FindOrder(own.Id)!.Reason);
    }

    [Fact]
    public void What_is_left_over_is_no_liquidity_for_fill_or_kill()
    {
        _venue.Place(3, Side.Sell, 1, 1);
        _venue.Time = End;
        var killed = _venue.Place(2, Side.Buy, Orders, 2, TimeInForce.FillOrKill, stp: SelfTradePrevention.None);

        Assert.Equal(StatusReason.FillOrKill, killed.Order!.Reason);
        Assert.Empty(_venue.Events.Of<Trade>());
    }

    [Fact]
    public void What_is_left_over_is_nothing_to_post_against()
    {
        _venue.Time = End;
        var posted = _venue.Place(2, Side.Buy, Orders, 1, postOnly: true);

        Assert.Equal((RejectReason.None, OrderStatus.Open), (posted.Reason, posted.Order!.Status));
    }

    [Fact]
    public void What_is_left_over_is_found_ended_by_its_owner()
    {
        _venue.Time = End;
        var canceled = _venue.Cancel(1, Orders);

        Assert.Equal(RejectReason.OrderNotOpen, canceled.Reason);
        Assert.Equal(
            (OrderStatus.Expired, StatusReason.GoodTilDate), (canceled.Order!.Status, canceled.Order.Reason));
    }

    /// <summary>Method: a stop order, and one to trade with, that came last; so it is among those left over.</summary>
    [Fact]
    public void Stop_order_that_is_left_over_ends_instead_of_being_triggered()
    {
        var stop = _venue.Place(Venue.MarketOrder(3, Side.Buy, 1).StoppedAt(1).Until(End)).Order!;
        _venue.Place(3, Side.Sell, 1, 1);
        _venue.Time = End;
        _venue.Place(2, Side.Buy, 1, 1);

        Assert.Single(_venue.Events.Of<Trade>());
        Assert.Empty(_venue.Events.Of<OrderTriggered>());
        Assert.Equal(stop.Id, _venue.Events.Of<OrderExpired>().Last().Order);
        Assert.Equal(StatusReason.GoodTilDate, _venue.Exchange.FindOrder(stop.Id)!.Reason);
    }

    [Fact]
    public void What_is_left_over_stands_in_snapshots()
    {
        _venue.Accept(new SetCancelAfter(new AccountId(1), End - _venue.Time), user: 1);
        _venue.Time = End;
        _venue.Accept(default(Tick));
        var snapshot = _venue.Snapshot();
        var restored = new Venue { Exchange = Exchange.ReadSnapshot(snapshot), Time = End };

        Assert.Equal(snapshot, restored.Snapshot());
        _venue.Events.Clear();
        _venue.Accept(default(Tick));
        restored.Accept(default(Tick));
        Assert.Equal(Orders - Exchange.MostEnds, restored.Events.Of<OrderExpired>().Count());
        Assert.Equal(_venue.Events.Texts, restored.Events.Texts);
        Assert.Equal(_venue.Snapshot(), restored.Snapshot());
    }

    private static void Rest(Venue venue, Func<int, long> priceOf)
    {
        for (var i = 0; i < Orders; i += PlaceBatch.MaxOrders)
        {
            var batch = Enumerable.Repeat(Ending(priceOf(i)), Math.Min(PlaceBatch.MaxOrders, Orders - i));
            venue.Accept(new PlaceBatch([.. batch]), user: 1);
        }
    }

    private static PlaceOrder Ending(long price) => Venue.Order(1, Side.Sell, price, 1, TimeInForce.GoodTilDate) with
    {
        ExpiresAt = new Timestamp(End),
    };
}
