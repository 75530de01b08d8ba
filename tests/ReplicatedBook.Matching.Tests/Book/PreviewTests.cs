using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Previews say what placing the order then does.</summary>
public sealed class PreviewTests
{
    [Fact]
    public void Stop_order_with_a_budget_waits_without_lots_and_reserves_nothing()
    {
        var venue = Venue.Trading().WithOptions();
        var order = Venue.MarketOrder(1, Side.Buy, 0).Spending(500).StoppedAt(100);

        var preview = Preview(venue, order);
        var placed = venue.Place(order).Order!;

        Assert.Equal((OrderStatus.Pending, 0L, 0L), (preview.Status, preview.Remaining.Lots, preview.Reserved.Units));
        Assert.Equal((OrderStatus.Pending, 0L, 0L), (placed.Status, placed.Remaining.Lots, placed.Reserved.Units));
    }

    /// <summary>Method: two sells that are worth 2^63 together, so that their sum does not fit 64 bits.</summary>
    [Fact]
    public void Fill_or_kill_that_costs_more_than_64_bits_is_not_affordable()
    {
        var venue = Venue.Trading(funds: 10).WithOptions();
        venue.Place(1, Side.Sell, 1L << 62, 1);
        venue.Place(1, Side.Sell, 1L << 62, 1);
        venue.Place(1, Side.Sell, 1, 1);
        var order = Venue.MarketOrder(2, Side.Buy, 3, timeInForce: TimeInForce.FillOrKill);

        var preview = Preview(venue, order);
        var placed = venue.Place(order).Order!;

        Assert.Equal((OrderStatus.Expired, StatusReason.InsufficientFunds), (placed.Status, placed.Reason));
        Assert.Equal((OrderStatus.Expired, StatusReason.InsufficientFunds), (preview.Status, preview.StatusReason));
        Assert.Empty(preview.Fills);
    }

    [Fact]
    public void Fills_are_added_up_by_price_with_their_fees_and_the_rest_is_reserved()
    {
        var venue = Venue.Trading(takerFee: 100).WithOptions();
        venue.Place(Venue.Order(1, Side.Sell, 100, 6).Showing(2));
        venue.Place(3, Side.Sell, 100, 1);
        venue.Place(3, Side.Sell, 101, 1);

        var preview = Preview(venue, Venue.Order(2, Side.Buy, 101, 10));

        Assert.Equal(
            [(100L, 7L, 7L), (101L, 1L, 2L)], // 1 % of 801 in all, rounded up.
            preview.Fills.Select(fill => (fill.Price.Ticks, fill.Quantity.Lots, fill.Fee.Units)));
        Assert.Equal((OrderStatus.Open, 2L), (preview.Status, preview.Remaining.Lots));
        Assert.Equal(202 + 2, preview.Reserved.Units); // 1 % of 1,003 is 11, of which 9 are paid.
    }

    [Fact]
    public void Refusals_say_what_is_lacking_and_repeats_show_the_order()
    {
        var venue = Venue.Trading(funds: 99).WithOptions();
        var order = Venue.Order(1, Side.Buy, 100, 1, clientOrderId: "a");

        var refused = Preview(venue, order);
        Assert.Equal(RejectReason.InsufficientFunds, refused.Reason);
        Assert.Equal(
            (100L, 99L, Venue.Quote), (refused.Needed.Units, refused.Available.Units, refused.FundsAsset.Value));

        venue.Deposit(1, Venue.Quote, 1);
        var placed = venue.Place(order).Order!;
        Assert.Equal((RejectReason.None, placed), (Preview(venue, order).Reason, Preview(venue, order).Existing));
        Assert.Equal(
            RejectReason.ClientOrderIdReused, Preview(venue, order with { Quantity = new Quantity(2) }).Reason);
    }

    [Fact]
    public void Other_commands_are_no_orders_and_options_need_their_feature_level()
    {
        var venue = Venue.Trading();
        Assert.Equal(RejectReason.MalformedCommand, venue.Exchange.Preview(venue.Bytes(default(Tick))).Reason);
        Assert.Equal(RejectReason.MalformedCommand, venue.Exchange.Preview([]).Reason);
        var order = Venue.Order(1, Side.Buy, 100, 3);
        Assert.Equal(RejectReason.None, Preview(venue, order).Reason);
        Assert.Equal(RejectReason.FeatureDisabled, Preview(venue, order.Showing(1)).Reason);
        Assert.Equal(RejectReason.None, Preview(venue.WithOptions(), order.Showing(1)).Reason);
    }

    private static OrderPreview Preview(Venue venue, PlaceOrder order) =>
        venue.Exchange.Preview(venue.Bytes(order, user: (int)order.Account.Value));
}
