using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>ticker:{symbol}</c>: as <c>/v1/instruments/{symbol}/ticker</c> answers.</summary>
internal sealed class TickerStates(FollowedTopics topics, BookStreams books, MarketPump pump, IReplicaReader reader)
{
    public IChannel Open(InstrumentTerms terms) => new StateChannel(
        cancellation => FollowAsync(terms, cancellation),
        (topic, index, cancellation) =>
            topic.Shared(terms.Symbol, turn => ReadAsync(terms, turn)).ReadAsync(index, cancellation),
        topics)
    {
        IsSingle = true,
    };

    private async ValueTask<Lease<EntryTopic>> FollowAsync(InstrumentTerms terms, CancellationToken cancellation)
    {
        var instruments = await books.InstrumentsOfAsync(terms, cancellation);
        return await pump.FollowAsync<EntryTopic>(
            new TopicKey(TopicKind.Activity, terms.Canonical.Value),
            () => new ActivityTopic([.. instruments.Select(instrument => instrument.Id)]), cancellation);
    }

    private async ValueTask<StateReading> ReadAsync(InstrumentTerms terms, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(exchange => exchange.Ticker(terms.Id)!, cancellation);
        var ticker = MarketDataEndpoints.Of(reading.Value, terms, reading);
        var essence = ticker with { Index = 0, Time = "" };
        return new StateReading(
            reading.Index,
            [new StateRow(terms.Symbol, essence, ChannelJson.Of(ticker, ResponseJson.Default.TickerResponse))]);
    }
}
