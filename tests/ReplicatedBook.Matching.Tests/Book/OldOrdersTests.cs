using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Goal: an order is the same to its owner however many came after it.</summary>
public sealed class OldOrdersTests
{
    // More than the newest ids that are found without a search.
    private const int Many = 4_300_000;

    [Fact]
    public void Order_is_found_canceled_and_filled_when_millions_came_after_it()
    {
        var venue = Venue.Trading(limits: new ExchangeLimits { MaxClosedOrders = 100, MaxTrades = 100 });
        var orders = Enumerable.Range(1, 4).Select(price => venue.Place(1, Side.Buy, price, 5).Order!).ToArray();
        var passing = venue.Bytes(Venue.Order(2, Side.Sell, 1_000, 1, TimeInForce.ImmediateOrCancel), user: 2);
        PlaceMany(venue.Exchange, passing, Many);

        var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()), Time = venue.Time };
        foreach (var now in new[] { venue, copy })
        {
            Assert.True(now.Cancel(1, orders[0]).IsAccepted);
            Assert.Equal(OrderStatus.Canceled, now.Exchange.FindOrder(orders[0].Id)!.Status);
            Assert.Equal(RejectReason.OrderNotOpen, now.Cancel(1, orders[0]).Reason);
            Assert.Equal(orders[3].Id, Assert.Single(now.Place(2, Side.Sell, 4, 5).Fills).MakerOrder);
            Assert.Equal(OrderStatus.Filled, now.Exchange.FindOrder(orders[3].Id)!.Status);
            Assert.Equal(OrderStatus.Open, now.Exchange.FindOrder(orders[1].Id)!.Status);
            PlaceMany(now.Exchange, passing, 200); // By then the closed ones are forgotten.
            Assert.Equal(RejectReason.OrderNotFound, now.Cancel(1, orders[0]).Reason);
            Assert.True(now.Cancel(1, orders[2]).IsAccepted);
        }

        Assert.Equal(venue.Snapshot(), copy.Snapshot());
    }

    private static void PlaceMany(Exchange exchange, byte[] order, int times)
    {
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>());
        for (var i = 0; i < times; i++)
        {
            events.Clear();
            result.ResetWrittenCount();
            exchange.Apply(exchange.AppliedIndex + 1, exchange.Now, order, events, result);
        }
    }
}
