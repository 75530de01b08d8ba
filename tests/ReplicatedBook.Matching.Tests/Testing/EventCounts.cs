using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>Counts the events of each market on its own, and holds their numbers against that.</summary>
internal sealed class EventCounts
{
    private readonly Dictionary<int, long> _predictions = [];
    private readonly Dictionary<int, long> _bettings = [];

    public int Predictions => _predictions.Count;

    public int Bettings => _bettings.Count;

    public int Spot { get; private set; }

    /// <summary>Goes on from the last number of each market.</summary>
    public void Start(RecordedEvents events)
    {
        foreach (var (e, number) in events.All.Zip(events.Numbers).Where(pair => pair.Second.Market != 0))
        {
            (IsBetting(e) ? _bettings : _predictions)[number.Market] = number.Sequence;
        }
    }

    public void Take(Exchange exchange, RecordedEvents events)
    {
        foreach (var (e, number) in events.All.Zip(events.Numbers))
        {
            var market = MarketOf(exchange, e);
            if (market == 0)
            {
                Assert.Equal((0, 0L), number);
                Spot++;
                continue;
            }

            var counts = IsBetting(e) ? _bettings : _predictions;
            counts[market] = counts.GetValueOrDefault(market) + 1;
            Assert.True((market, counts[market]) == number, $"{number} should be {(market, counts[market])}: {e}");
        }
    }

    private static bool IsBetting(object e) => Named(e, "Market") is BettingMarketId;

    private static int MarketOf(Exchange exchange, object e) => e switch
    {
        OrderRejected or BetRejected => 0,
        // An outcome's asset has the name of its instrument.
        AssetChanged changed => exchange.FindInstrument(
            exchange.Assets.Single(asset => asset.Id == changed.Asset).Symbol)?.PredictionMarket.Value ?? 0,
        _ => (Named(e, "Market"), Named(e, "Instrument")) switch
        {
            (PredictionMarketId market, _) => market.Value,
            (BettingMarketId market, _) => market.Value,
            (_, InstrumentId instrument) => exchange.FindInstrument(instrument)!.PredictionMarket.Value,
            _ => 0,
        },
    };

    private static object? Named(object e, string property) => e.GetType().GetProperty(property)?.GetValue(e);
}
