using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of icebergs: orders of which the book shows a peak at a time.</summary>
public sealed class IcebergTests
{
    private readonly Venue _venue = Venue.Trading().WithOptions();

    [Fact]
    public void Book_shows_no_more_than_the_peak()
    {
        var order = _venue.Place(Venue.Order(1, Side.Sell, 100, 10).Showing(4)).Order!;

        Assert.Equal(4, Assert.Single(_venue.Book().Asks).Quantity.Lots);
        Assert.Equal((10L, 6L, 10L), (order.Remaining.Lots, order.Hidden.Lots, order.Reserved.Units));
    }

    [Fact]
    public void Next_peak_stands_behind_all_others_of_its_price()
    {
        _venue.Place(Venue.Order(1, Side.Sell, 100, 5).Showing(2));
        _venue.Place(3, Side.Sell, 100, 3);
        _venue.Place(3, Side.Sell, 101, 1);

        _venue.Place(2, Side.Buy, 100, 2);

        Assert.Equal([2L, 1L, 3L], _venue.Queue(Side.Sell));
        Assert.Equal(2, Assert.Single(_venue.Events.Of<OrderReplenished>()).Shown.Lots);
        _venue.Events.Clear();
        _venue.Place(2, Side.Buy, 101, 7);
        Assert.Equal(
            [(2L, 3L), (1L, 2L), (1L, 1L), (3L, 1L)],
            _venue.Events.Of<Trade>().Select(trade => (trade.MakerOrder.Value, trade.Quantity.Lots)));
        Assert.Equal(1, Assert.Single(_venue.Events.Of<OrderReplenished>()).Shown.Lots); // Its last peak.
    }

    [Fact]
    public void Peak_that_is_only_begun_keeps_its_place()
    {
        _venue.Place(Venue.Order(1, Side.Sell, 100, 5).Showing(2));
        _venue.Place(3, Side.Sell, 100, 3);

        _venue.Place(2, Side.Buy, 100, 1);

        Assert.Equal([1L, 2L], _venue.Queue(Side.Sell));
        Assert.Equal(1 + 3, Assert.Single(_venue.Book().Asks).Quantity.Lots);
        Assert.Empty(_venue.Events.Of<OrderReplenished>());
    }

    [Fact]
    public void Takes_with_its_whole_quantity_and_shows_a_peak_of_the_rest()
    {
        _venue.Place(1, Side.Sell, 100, 7);

        var outcome = _venue.Place(Venue.Order(2, Side.Buy, 100, 10).Showing(2));

        Assert.Equal((7L, 1L), (outcome.Order!.Filled.Lots, outcome.Order.Hidden.Lots));
        Assert.Equal(2, Assert.Single(_venue.Book().Bids).Quantity.Lots);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(10, -1, false)]
    [InlineData(100, 1, true)] // A hundred peaks are the most.
    [InlineData(101, 1, false)]
    [InlineData(200, 2, true)]
    [InlineData(201, 2, false)]
    public void Peak_is_at_most_the_quantity_and_at_least_a_hundredth_of_it(long lots, long peak, bool isValid)
    {
        var reason = _venue.Place(Venue.Order(1, Side.Buy, 1, lots).Showing(peak)).Reason;
        Assert.Equal(isValid ? RejectReason.None : RejectReason.DisplayQuantityInvalid, reason);
    }

    [Fact]
    public void Less_quantity_takes_hidden_lots_first_and_keeps_the_place()
    {
        var order = _venue.Place(Venue.Order(1, Side.Sell, 100, 10).Showing(4)).Order!;
        _venue.Place(3, Side.Sell, 100, 1);

        Assert.Equal(1, _venue.Amend(1, order, quantity: 5).Order!.Hidden.Lots);
        Assert.Equal(4 + 1, Assert.Single(_venue.Book().Asks).Quantity.Lots);

        Assert.Equal(0, _venue.Amend(1, order, quantity: 3).Order!.Hidden.Lots);
        Assert.Equal(3 + 1, Assert.Single(_venue.Book().Asks).Quantity.Lots);
        Assert.Equal([1L, 2L], _venue.Queue(Side.Sell));
    }

    [Fact]
    public void More_quantity_shows_a_whole_peak_behind_the_others()
    {
        var order = _venue.Place(Venue.Order(1, Side.Sell, 100, 10).Showing(4)).Order!;
        _venue.Place(3, Side.Sell, 100, 1);
        _venue.Place(2, Side.Buy, 100, 3);

        Assert.Equal(8 - 4, _venue.Amend(1, order, quantity: 11).Order!.Hidden.Lots);
        Assert.Equal([2L, 1L], _venue.Queue(Side.Sell));
        Assert.Equal(RejectReason.DisplayQuantityInvalid, _venue.Amend(1, order, quantity: 404).Reason);
    }

    [Fact]
    public void Self_trade_prevention_takes_hidden_lots_first_too()
    {
        _venue.Place(Venue.Order(1, Side.Sell, 100, 10).Showing(4));

        _venue.Place(1, Side.Buy, 100, 8, stp: SelfTradePrevention.Decrement);

        Assert.Equal(2, Assert.Single(_venue.Book().Asks).Quantity.Lots);
        Assert.Equal(0, _venue.Exchange.FindOrder(new OrderId(1))!.Hidden.Lots);
    }

    [Theory]
    [InlineData(SelfTradePrevention.None, 10, true)]
    [InlineData(SelfTradePrevention.CancelMaker, 10, true)]
    [InlineData(SelfTradePrevention.CancelTaker, 4, true)] // The peak stands before the own order,
    [InlineData(SelfTradePrevention.CancelTaker, 5, false)] // the next one behind it.
    [InlineData(SelfTradePrevention.Decrement, 5, false)]
    [InlineData(SelfTradePrevention.CancelBoth, 5, false)]
    public void Fill_or_kill_counts_hidden_lots_that_it_would_come_to(
        SelfTradePrevention mode, long lots, bool isFilled)
    {
        _venue.Place(Venue.Order(1, Side.Sell, 100, 10).Showing(4));
        _venue.Place(2, Side.Sell, 100, 1);

        var order = _venue.Place(2, Side.Buy, 100, lots, TimeInForce.FillOrKill, stp: mode).Order!;

        Assert.Equal(isFilled ? OrderStatus.Filled : OrderStatus.Expired, order.Status);
        Assert.Equal(isFilled ? lots : 0, order.Filled.Lots);
    }
}
