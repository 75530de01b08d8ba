using System.Text;
using System.Text.Json;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>book:{symbol}?depth=</c> of a betting runner: its unmatched bets by odds, all of them whenever they are
/// different.</summary>
internal sealed class RunnerBookStates(FollowedTopics topics, IReplicaReader reader)
{
    /// <summary>A runner's book.</summary>
    /// <param name="terms">Its market.</param>
    /// <param name="runner">The runner.</param>
    /// <param name="depth">Most odds of a side.</param>
    public IChannel Open(BettingTerms terms, RunnerId runner, int depth) => new StateChannel(
        cancellation => topics.FollowAsync(TopicKind.BettingActivity, terms.Id.Value, cancellation),
        (topic, index, cancellation) => topic
            .Shared($"{runner.Value} {depth}", turn => ReadAsync(terms, runner, depth, turn))
            .ReadAsync(index, cancellation),
        topics)
    {
        IsSingle = true,
    };

    private async ValueTask<StateReading> ReadAsync(
        BettingTerms terms, RunnerId runner, int depth, CancellationToken cancellation)
    {
        var reading = await reader.ReadAsync(exchange => exchange.BettingBook(terms.Id, depth)!, cancellation);
        var book = reading.Value.Runners.First(other => other.Runner == runner);
        var json = ChannelJson.Of(json =>
        {
            json.WriteStartObject();
            Write(json, "backs", book.Backs, terms);
            Write(json, "lays", book.Lays, terms);
            json.WriteEndObject();
        });
        return new StateReading(reading.Index, [new StateRow("", Encoding.UTF8.GetString(json), json)]);
    }

    /// <summary>Odds, stake and number of bets, as the HTTP interface lists them.</summary>
    private static void Write(
        Utf8JsonWriter json, string name, IReadOnlyList<BetLevelView> levels, BettingTerms terms)
    {
        json.WriteStartArray(name);
        foreach (var level in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue(BettingTerms.Format(level.Odds));
            json.WriteStringValue(terms.Format(level.Stake));
            json.WriteNumberValue(level.Bets);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
