using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Betting;
using ReplicatedBook.Matching.Markets.Prediction;

namespace ReplicatedBook.Matching.Encoding;

/// <summary>Knows which market an event belongs to, for who writes events down and numbers each market's, so that no
/// place that makes an event can forget it.</summary>
/// <param name="predictionMarkets">By id, from 1 on.</param>
/// <param name="bettingMarkets">By id, from 1 on.</param>
internal sealed class EventNumbers(List<PredictionMarket> predictionMarkets, List<BettingMarket> bettingMarkets)
{
    private PredictionMarket?[] _byInstrument = [];
    private PredictionMarket?[] _byAsset = [];

    /// <summary>The market whose outcome an instrument trades; null for spot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PredictionMarket? OfInstrument(int instrument)
    {
        var markets = _byInstrument;
        return (uint)instrument < (uint)markets.Length ? markets[instrument] : null;
    }

    /// <summary>The market of whose outcome an asset is the shares; null for others.</summary>
    public PredictionMarket? OfAsset(int asset)
    {
        var markets = _byAsset;
        return (uint)asset < (uint)markets.Length ? markets[asset] : null;
    }

    /// <summary>A prediction market.</summary>
    public PredictionMarket Prediction(int market) => predictionMarkets[market - 1];

    /// <summary>A betting market.</summary>
    public BettingMarket Betting(int market) => bettingMarkets[market - 1];

    /// <summary>Makes the events of an outcome those of its market.</summary>
    public void Add(PredictionMarket market, int instrument, int asset)
    {
        Add(ref _byInstrument, instrument, market);
        Add(ref _byAsset, asset, market);
    }

    private static void Add(ref PredictionMarket?[] markets, int id, PredictionMarket market)
    {
        if (id >= markets.Length)
        {
            Array.Resize(ref markets, Math.Max(id + 1, 2 * markets.Length));
        }

        markets[id] = market;
    }
}
