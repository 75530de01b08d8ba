using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary><c>orders</c> and <c>fills</c>: what happens to somebody's own, each event once, as the feed tells
/// it.</summary>
/// <param name="kind">Its name, for the count of overruns.</param>
/// <param name="types">Types of the feed's events.</param>
/// <param name="scope">Whose.</param>
/// <param name="own">How to follow.</param>
/// <param name="catalog">Names.</param>
/// <param name="guard">Who may read it.</param>
internal sealed class OwnEventsChannel(
    string kind, FrozenSet<string> types, OwnScope scope, OwnTopics own, Catalog catalog, ChannelGuard guard)
    : IChannel
{
    /// <summary>What there is at the beginning; null for nothing but the events to come.</summary>
    public Func<Exchange, IReadOnlyList<AccountId>, OpenOrders>? Beginning { get; init; }

    /// <inheritdoc/>
    public bool IsPrivate => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChannelMessage> FollowAsync(
        long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await own.FollowAsync(scope, cancellation);
        await guard.CheckAsync(cancellation);
        var topic = lease.Topic;
        var begun = await own.Reader.ReadAsync(
            exchange =>
            {
                var accounts = scope.AccountsIn(exchange);
                return (Accounts: accounts, Orders: fromIndex is null ? Beginning?.Invoke(exchange, accounts) : null);
            },
            cancellation);
        var last = fromIndex ?? begun.Index;
        if (fromIndex is null)
        {
            yield return new ChannelMessage(
                ChannelMessage.Snapshot, last, 0, begun.Value.Orders?.ToJson(catalog) ?? ChannelJson.Nothing);
        }

        var items = new FeedItems(
            new FeedFilter(types, null, null) { Viewer = scope.Viewer(begun.Value.Accounts), IsOwnOnly = true },
            catalog);
        var reader = own.Topics.ReaderOf(topic, last);
        while (true)
        {
            var next = topic.Changed.Next;
            if (await reader.ReadAsync(cancellation) is not { } entries)
            {
                own.Topics.Meter.Overrun(kind);
                throw new ChannelEndedException(ChannelEnd.Overrun);
            }

            foreach (var entry in entries)
            {
                if (await catalog.NamedAsync(items, entry, cancellation) is { Count: > 0 } told)
                {
                    await guard.CheckAsync(cancellation);
                    yield return new ChannelMessage(
                        ChannelMessage.Update, entry.Index, last, ChannelJson.ListOf(told.Select(item => item.Json)));
                    last = entry.Index;
                }
            }

            await own.Topics.Wait.GoOnAsync(topic, entries.Count > 0, next, cancellation);
            await guard.CheckAsync(cancellation);
        }
    }
}
