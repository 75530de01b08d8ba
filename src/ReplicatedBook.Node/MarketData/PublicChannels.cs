using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Opens the channels that everybody may read. Safe from any thread.</summary>
internal sealed class PublicChannels(
    BookStreams books, OrderStreams orders, TickerStates tickers, MarketStates markets, RunnerBookStates runners,
    FollowedTopics topics, Lookup lookup)
{
    private static readonly IntegerParameter Depth = new("depth", "Most prices of a side; 0 for all.", 0, 1_000, 20);

    private static readonly IntegerParameter Interval = new(
        "interval_ms", "At most one change in so many milliseconds; 0 for each.", 0, 1_000, 0);

    /// <summary>Opens one.</summary>
    /// <returns>Null when there is none of that kind.</returns>
    public async ValueTask<Opened?> OpenAsync(ChannelName name, QueryReader query) => name.Kind switch
    {
        "book" => await OpenBookAsync(name.Subject, query),
        "l3" => await OpenAsync(name.Subject, query, terms => new OrderBookChannel(orders, terms)),
        "trades" => await OpenTradesAsync(name.Subject, query),
        "ticker" => await OpenAsync(name.Subject, query, tickers.Open),
        "market" => await OpenMarketAsync(name.Subject, query),
        _ => default(Opened?),
    };

    private ValueTask<Opened> OpenBookAsync(string symbol, QueryReader query)
    {
        var depth = (int)query.IntegerOrStandard(Depth);
        if (IdText.ToRunnerSymbol(symbol) is var (market, runner))
        {
            var most = depth == 0 ? int.MaxValue : depth;
            return OpenRunnerAsync(market, runner, query, terms => runners.Open(terms, runner, most));
        }

        var interval = TimeSpan.FromMilliseconds(query.IntegerOrStandard(Interval));
        return OpenAsync(symbol, query, terms => new BookChannel(books, terms, depth, interval));
    }

    private ValueTask<Opened> OpenTradesAsync(string symbol, QueryReader query) =>
        IdText.ToRunnerSymbol(symbol) is var (market, runner)
            ? OpenRunnerAsync(market, runner, query, terms => new TradesChannel(
                topics, TopicKind.BettingActivity, market.Value, () => new RunnerTradeItems(terms, runner).Of))
            : OpenAsync(symbol, query, terms => new TradesChannel(
                topics, TopicKind.Trades, terms.Canonical.Value, () => new TradeItems(terms).Of));

    private async ValueTask<Opened> OpenRunnerAsync(
        BettingMarketId id, RunnerId runner, QueryReader query, Func<BettingTerms, IChannel> open)
    {
        if (query.Finish() is { } defect)
        {
            return defect;
        }

        var market = await lookup.RunnerAsync(id, runner, ReadOptions.Strong.Timeout);
        return market.Value is { } terms
            ? Opened.As(open(terms))
            : Problems.Of(market.Failure!);
    }

    private async ValueTask<Opened> OpenAsync(string symbol, QueryReader query, Func<InstrumentTerms, IChannel> open)
    {
        if (query.Finish() is { } defect)
        {
            return defect;
        }

        if (IdText.ToRunnerSymbol(symbol) is not null)
        {
            return Problems.NotFound("runners have the channels book: and trades: alone");
        }

        if (!IdText.IsId(symbol))
        {
            return Problems.NotFound("no such instrument");
        }

        var found = await lookup.InstrumentAsync(symbol, ReadOptions.Strong.Timeout);
        return found.Value is { } terms ? Opened.As(open(terms)) : Problems.Of(found.Failure!);
    }

    private async ValueTask<Opened> OpenMarketAsync(string id, QueryReader query)
    {
        if (query.Finish() is { } defect)
        {
            return defect;
        }

        if (!IdText.IsId(id))
        {
            return Problems.NotFound("no such market");
        }

        if (IdText.ToBettingMarket(id) is { } betting)
        {
            var market = await lookup.BettingMarketAsync(betting, ReadOptions.Strong.Timeout);
            return market.Value is not null ? Opened.As(markets.Open(betting)) : Problems.Of(market.Failure!);
        }

        var found = await lookup.MarketAsync(id, ReadOptions.Strong.Timeout);
        return found.Value is { } terms ? Opened.As(markets.Open(terms)) : Problems.Of(found.Failure!);
    }
}
