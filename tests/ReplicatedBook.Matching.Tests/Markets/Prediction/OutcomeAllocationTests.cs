using System.Buffers;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: trades, splits and merges of outcomes allocate nothing once warm. Method: rounds that mint, pass on,
/// merge, split and unmake, and leave everybody as before.</summary>
public sealed class OutcomeAllocationTests
{
    [Fact]
    public void Warm_fills_and_sets_allocate_nothing()
    {
        var market = new MarketVenue(
            accounts: 3, makerFee: 2, takerFee: 5,
            limits: new ExchangeLimits { MaxClosedOrders = 100, MaxTrades = 100 });
        var venue = market.Venue;
        byte[][] round =
        [
            venue.Bytes(Venue.Order(1, Side.Buy, 60, 10, instrument: MarketVenue.Yes), 1),
            venue.Bytes(Venue.Order(2, Side.Buy, 40, 10, instrument: MarketVenue.No), 2), // Mint.
            venue.Bytes(Venue.Order(1, Side.Sell, 55, 5, instrument: MarketVenue.Yes), 1),
            venue.Bytes(Venue.Order(3, Side.Buy, 55, 5, instrument: MarketVenue.Yes), 3), // Transfer.
            venue.Bytes(Venue.Order(2, Side.Sell, 40, 10, instrument: MarketVenue.No), 2),
            venue.Bytes(Venue.Order(1, Side.Sell, 60, 5, instrument: MarketVenue.Yes), 1), // Merges.
            venue.Bytes(Venue.Order(3, Side.Sell, 60, 5, instrument: MarketVenue.Yes), 3),
            venue.Bytes(new SplitSet(default, MarketVenue.Market, new Quantity(7)), 3),
            venue.Bytes(new MergeSet(default, MarketVenue.Market, new Quantity(7)), 3),
        ];
        var (events, result) = (new EventBuffer(), new ArrayBufferWriter<byte>(1 << 16));
        var exchange = venue.Exchange;
        var allocated = long.MaxValue;
        var trades = 0L;
        for (var i = 0; i < 40 && allocated != 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var times = 0; times < 500; times++)
            {
                foreach (var command in round)
                {
                    events.Clear();
                    result.ResetWrittenCount();
                    exchange.Apply(exchange.AppliedIndex + 1, exchange.Now, command, events, result);
                }
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            trades = exchange.Trades(new InstrumentId(MarketVenue.Yes), default, 1)[0].Id.Value;
        }

        Assert.Equal(0, allocated);
        Assert.True(trades >= 2_000 && exchange.FindPredictionMarket(MarketVenue.Market)!.Pool.Units == 0);
        Assert.Empty(exchange.OpenOrders(new InstrumentId(MarketVenue.Yes)));
    }
}
