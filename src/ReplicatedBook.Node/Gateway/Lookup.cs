using ReplicatedBook.Contracts;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Gateway;

/// <summary>Finds what a command names: first in memory, then in this node's state, and before saying that it does not
/// exist, in the state that is current for the whole cluster.</summary>
internal sealed partial class Lookup(Catalog catalog, ReadGateway reads)
{
    private static readonly ReadOptions Local = ReadOptions.Strong with { IsStrong = false };

    /// <summary>An instrument's unchanging terms.</summary>
    public async ValueTask<Found<InstrumentTerms>> InstrumentAsync(string symbol, TimeSpan timeout)
    {
        if (catalog.Find(symbol) is { } known)
        {
            return new Found<InstrumentTerms>(known, null);
        }

        var found = await FindAsync(exchange => exchange.FindInstrument(symbol), timeout, $"no instrument {symbol}");
        return found.Value is { } view
            ? new Found<InstrumentTerms>(catalog.Keep(view), null)
            : new Found<InstrumentTerms>(null, found.Failure);
    }

    /// <summary>A prediction market's unchanging terms.</summary>
    /// <param name="name">Its id as clients know it.</param>
    /// <param name="timeout">How long at most.</param>
    public async ValueTask<Found<MarketTerms>> MarketAsync(string name, TimeSpan timeout)
    {
        if (catalog.FindMarket(name) is { } known)
        {
            return new Found<MarketTerms>(known, null);
        }

        var found = await FindAsync(exchange => InstrumentsOf(exchange, name), timeout, "no such market");
        return found.Value is { } views
            ? new Found<MarketTerms>(catalog.KeepMarket(views), null)
            : new Found<MarketTerms>(null, found.Failure);
    }

    /// <summary>The instruments of a prediction market, in order of outcome; null when there is none of this
    /// name.</summary>
    public static IReadOnlyList<InstrumentView>? InstrumentsOf(Exchange exchange, string name) =>
        exchange.FindPredictionMarket(name) is { } market
            ? [.. market.Outcomes.Select(outcome => exchange.FindInstrument(outcome.Instrument)!)]
            : null;

    /// <summary>An asset.</summary>
    public async ValueTask<Found<AssetView>> AssetAsync(string symbol, TimeSpan timeout)
    {
        if (catalog.FindAsset(symbol) is { } known)
        {
            return new Found<AssetView>(known, null);
        }

        var found = await FindAsync(exchange => exchange.FindAsset(symbol), timeout, $"no asset {symbol}");
        if (found.Value is { } view)
        {
            catalog.Keep(view);
        }

        return found;
    }

    /// <summary>The terms of the instrument that an order of the caller's own is for; an order never changes
    /// it.</summary>
    public async ValueTask<Found<InstrumentTerms>> InstrumentOfOrderAsync(
        Caller caller, OrderId order, TimeSpan timeout)
    {
        var found = await FindAsync(
            exchange => exchange.OwnOrder(caller, order) is { } view ? exchange.FindInstrument(view.Instrument) : null,
            timeout,
            $"no order {order.Value}");
        return found.Value is { } instrument
            ? new Found<InstrumentTerms>(catalog.Keep(instrument), null)
            : new Found<InstrumentTerms>(null, found.Failure);
    }

    private async ValueTask<Found<T>> FindAsync<T>(Func<Exchange, T?> query, TimeSpan timeout, string absence)
        where T : class
    {
        var answer = await reads.ReadAsync(Local, query);
        if (answer is { Failure: null, Reading.Value: { } here })
        {
            return new Found<T>(here, null);
        }

        answer = await reads.ReadAsync(ReadOptions.Strong with { Timeout = timeout }, query);
        return answer switch
        {
            { Failure: { } failure } => new Found<T>(null, failure),
            { Reading.Value: { } found } => new Found<T>(found, null),
            _ => new Found<T>(null, new ReadFailure(ProblemCodes.NotFound, absence)),
        };
    }
}
