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

    private static OrderPreview Preview(Venue venue, PlaceOrder order) =>
        venue.Exchange.Preview(venue.Bytes(order, user: (int)order.Account.Value));
}
