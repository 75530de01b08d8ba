using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of stop and stop-limit orders.</summary>
public sealed class StopOrderTests
{
    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    public void Protection_price_of_a_stop_order_has_no_worth_that_could_be_too_large(Side side)
    {
        var venue = Venue.Trading().WithOptions();
        var order = venue.Place(Venue.MarketOrder(1, side, 2, protection: long.MaxValue).StoppedAt(100)).Order!;

        Assert.Equal(RejectReason.None, venue.Amend(1, order, quantity: 3).Reason);
        var snapshot = venue.Snapshot();
        venue.Exchange = Exchange.ReadSnapshot(snapshot);

        Assert.Equal(snapshot, venue.Snapshot());
        Assert.Equal(3, venue.Exchange.FindOrder(order.Id)!.Remaining.Lots);
    }
}
