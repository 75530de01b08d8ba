using System.Text;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>market:{market_id}</c>: where a prediction or a betting market stands, and how it ended.</summary>
internal sealed class MarketStates(FollowedTopics topics, IReplicaReader reader)
{
    /// <summary>A prediction market.</summary>
    public IChannel Open(MarketTerms market) => Open(
        TopicKind.PredictionMarket, market.Id.Value, exchange => exchange.FindPredictionMarket(market.Id),
        view => view is null ? OfDeleted(market) : Of(view));

    /// <summary>A betting market that exists.</summary>
    public IChannel Open(BettingMarketId market) => Open(
        TopicKind.BettingMarket, market.Value, exchange => exchange.FindBettingMarket(market)!, Of);

    private StateChannel Open<T>(TopicKind kind, int number, Func<Exchange, T> query, Func<T, byte[]> format) => new(
        cancellation => topics.FollowAsync(kind, number, cancellation),
        (topic, index, cancellation) =>
            topic.Shared("", turn => ReadAsync(query, format, turn)).ReadAsync(index, cancellation),
        topics)
    {
        IsSingle = true,
    };

    private async ValueTask<StateReading> ReadAsync<T>(
        Func<Exchange, T> query, Func<T, byte[]> format, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(query, cancellation);
        var json = format(reading.Value);
        return new StateReading(reading.Index, [new StateRow("", Encoding.UTF8.GetString(json), json)]);
    }

    private static byte[] Of(PredictionMarketView market) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("market_id", market.EventId);
        json.WriteString("type", market.IsBinary ? "binary" : "categorical");
        json.WriteString("status", EnumText.Of(market.Status));
        if (market.ClosesAt is { } closesAt)
        {
            json.WriteString("closes_at", TimeText.Of(closesAt));
        }

        if (market.EndedAt is { } endedAt)
        {
            json.WriteString("ended_at", TimeText.Of(endedAt));
        }

        json.WriteBoolean("settling", market.IsUnfinished);
        json.WriteStartArray("outcomes");
        foreach (var outcome in market.Outcomes)
        {
            json.WriteStartObject();
            json.WriteString("outcome", outcome.Id);
            json.WriteString("instrument", $"{market.EventId}:{outcome.Id}");
            if (market.PayoutDenominator != 0)
            {
                json.WriteString("payout", PayoutBinder.Format(outcome.Payout, market.PayoutDenominator));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("version", market.Version);
        json.WriteEndObject();
    });

    private static byte[] OfDeleted(MarketTerms market) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("market_id", market.Name);
        json.WriteString("status", "deleted");
        json.WriteEndObject();
    });

    private static byte[] Of(BettingMarketView market) => ChannelJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("market_id", IdText.Of(market.Id));
        json.WriteString("type", EnumText.Of(market.BookType));
        json.WriteString("state", EnumText.Of(market.State));
        json.WriteString("phase", EnumText.Of(market.Phase));
        json.WriteBoolean("batch_under_way", market.IsBatchUnderWay);
        json.WriteStartArray("runners");
        foreach (var runner in market.Runners)
        {
            json.WriteStartObject();
            json.WriteString("runner_id", IdText.Of(runner.Id));
            json.WriteString("instrument", IdText.SymbolOf(market.Id, runner.Id));
            json.WriteBoolean("removed", runner.IsRemoved);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("version", market.Version);
        json.WriteEndObject();
    });
}
