using System.Collections.Concurrent;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Names and scales of assets, instruments and markets, read from this node's replica once and then kept: they
/// never change and are never taken back, so what is here is right for ever. Safe from any thread.</summary>
/// <remarks>Bounded by the exchange's limits on assets and instruments.</remarks>
internal sealed partial class Catalog(IReplicaReader reader)
{
    private readonly ConcurrentDictionary<string, InstrumentTerms> _bySymbol = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<InstrumentId, InstrumentTerms> _byId = new();
    private readonly ConcurrentDictionary<string, AssetView> _assetBySymbol = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AssetId, AssetView> _assetById = new();

    private readonly ConcurrentDictionary<PredictionMarketId, MarketTerms> _marketById = new();
    private readonly ConcurrentDictionary<string, MarketTerms> _marketByName = new(StringComparer.Ordinal);

    /// <summary>Null when it is not known here yet.</summary>
    public InstrumentTerms? Find(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>Null when it is not known here yet.</summary>
    public InstrumentTerms? Find(InstrumentId id) => _byId.GetValueOrDefault(id);

    /// <summary>Null when it is not known here yet.</summary>
    public AssetView? FindAsset(string symbol) => _assetBySymbol.GetValueOrDefault(symbol);

    /// <summary>Null when it is not known here yet.</summary>
    public AssetView? FindAsset(AssetId id) => _assetById.GetValueOrDefault(id);

    /// <summary>A prediction market, also one that was deleted; null when it is not known here yet.</summary>
    public MarketTerms? FindMarket(PredictionMarketId id) => _marketById.GetValueOrDefault(id);

    /// <summary>The same, by its id for clients.</summary>
    public MarketTerms? FindMarket(string name) => _marketByName.GetValueOrDefault(name);

    /// <summary>Keeps a prediction market that was read elsewhere.</summary>
    /// <param name="outcomes">All its instruments in order of outcome, as a query gives them.</param>
    public MarketTerms KeepMarket(IReadOnlyList<InstrumentView> outcomes)
    {
        var terms = _marketById.GetOrAdd(
            outcomes[0].PredictionMarket, (_, views) => new MarketTerms([.. views.Select(Keep)]), outcomes);
        return _marketByName.GetOrAdd(terms.Name, terms);
    }

    /// <summary>Keeps an instrument that was read elsewhere.</summary>
    public InstrumentTerms Keep(InstrumentView view)
    {
        Keep(view.Base);
        Keep(view.Quote);
        var terms = _byId.GetOrAdd(view.Id, static (_, seen) => new InstrumentTerms(seen), view);
        return _bySymbol.GetOrAdd(view.Symbol, terms);
    }

    /// <summary>Keeps an asset that was read elsewhere.</summary>
    public void Keep(AssetView view)
    {
        _assetBySymbol.TryAdd(view.Symbol, view);
        _assetById.TryAdd(view.Id, view);
    }

    /// <summary>Reads all there is from this node's replica.</summary>
    public async ValueTask LoadAllAsync(CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(
            static exchange => (exchange.Assets, exchange.Instruments, exchange.BettingMarkets), cancellation);
        foreach (var asset in reading.Value.Assets)
        {
            Keep(asset);
        }

        foreach (var instrument in reading.Value.Instruments)
        {
            Keep(instrument);
        }

        foreach (var market in reading.Value.Instruments.Where(view => view.PredictionMarket.Value != 0)
            .GroupBy(view => view.PredictionMarket))
        {
            KeepMarket([.. market]);
        }

        foreach (var market in reading.Value.BettingMarkets)
        {
            Keep(market);
        }
    }
}
