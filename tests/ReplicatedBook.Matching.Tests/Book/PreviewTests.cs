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

    private static OrderPreview Preview(Venue venue, PlaceOrder order) =>
        venue.Exchange.Preview(venue.Bytes(order, user: (int)order.Account.Value));
}
