using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests.Book;

/// <summary>Rules of batches of which all orders are placed or none.</summary>
public sealed class AtomicBatchTests
{
    /// <summary>Method: with another stop order waiting and without; the answer must not depend on what else is
    /// there.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stop_order_is_not_triggered_by_a_trade_before_it_in_the_batch(bool otherWaits)
    {
        var venue = Venue.Trading().WithOptions();
        if (otherWaits)
        {
            venue.Place(Venue.MarketOrder(3, Side.Buy, 1).StoppedAt(500));
        }

        venue.Place(1, Side.Sell, 100, 5);
        venue.Events.Clear();
        var items = Together(
            venue, 2, Venue.Order(2, Side.Buy, 100, 1), Venue.MarketOrder(2, Side.Buy, 1).StoppedAt(100));

        Assert.Equal([OrderStatus.Filled, OrderStatus.Pending], items.Select(item => item.Order!.Status));
        Assert.Empty(venue.Events.Of<OrderTriggered>());

        items = Together(venue, 2, Venue.Order(2, Side.Buy, 100, 1));

        Assert.Equal(OrderStatus.Filled, items[0].Order!.Status);
        Assert.Equal(100, Assert.Single(venue.Events.Of<OrderTriggered>()).StopPrice.Ticks);
    }

    /// <summary>Method: an exchange that once had a stop order and one restored from its snapshot, which knows nothing
    /// of that, go on with one batch.</summary>
    [Fact]
    public void What_a_batch_triggers_is_the_same_after_a_restart()
    {
        var venue = TwoInstruments();
        venue.Cancel(3, venue.Place(Venue.MarketOrder(3, Side.Buy, 1).StoppedAt(100)).Order!);
        venue.Place(
            (Venue.MarketOrder(3, Side.Buy, 1) with { Instrument = new InstrumentId(2) }).StoppedAt(50));
        venue.Place(1, Side.Sell, 100, 9);
        venue.Place(1, Side.Sell, 50, 9, instrument: 2);
        var restored = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()), Time = venue.Time };
        foreach (var one in new[] { venue, restored })
        {
            one.Events.Clear();
            Together(
                one, 2, Venue.Order(2, Side.Buy, 100, 1), Venue.Order(2, Side.Buy, 50, 1, instrument: 2),
                Venue.MarketOrder(2, Side.Buy, 1).StoppedAt(100), Venue.Order(2, Side.Buy, 100, 1));
        }

        Assert.Equal([2L, 7L], venue.Events.Of<OrderTriggered>().Select(e => e.Order.Value));
        Assert.Equal(venue.Events.Texts, restored.Events.Texts);
        Assert.Equal(venue.Snapshot(), restored.Snapshot());
    }

    private static Venue TwoInstruments(long funds = 1_000_000)
    {
        var venue = Venue.Trading(funds: funds).WithOptions();
        venue.Accept(new ListInstrument(
            "BTC-USD:2", new AssetId(Venue.Base), new AssetId(Venue.Quote), new DecimalSize(1, 0),
            new DecimalSize(1, 0), 0, 0));
        return venue;
    }

    private static IReadOnlyList<CommandOutcome> Together(Venue venue, int user, params PlaceOrder[] orders) =>
        venue.Send(new PlaceBatch(orders) { IsAtomic = true }, user).Items;
}
