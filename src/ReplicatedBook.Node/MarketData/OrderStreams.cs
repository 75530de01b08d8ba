using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Books order by order, for any number of followers. Safe from any thread.</summary>
internal sealed class OrderStreams(BookStreams books, MarketWait wait, MarketDataMeter meter)
{
    private const int ChangesAtOnce = 256;

    /// <summary>Follows a book: a snapshot first (or the changes after an index, where they are still to be had), then
    /// every change; one whose place is lost gets an overrun and then a new snapshot.</summary>
    /// <param name="terms">The instrument in whose terms.</param>
    /// <param name="fromIndex">The index of the last update that the follower has, from any node; null for
    /// none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ChannelEndedException">While it is read: this node cannot go on with it.</exception>
    public async IAsyncEnumerable<OrderUpdate> FollowAsync(
        InstrumentTerms terms, long? fromIndex, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var lease = await books.FollowAsync(terms, cancellation);
        var followed = lease.Topic;
        var place = new FollowerPlace();
        if (fromIndex is { } from && await books.ReachAsync(from, cancellation))
        {
            await foreach (var update in ResumeAsync(followed, terms, from, place, cancellation))
            {
                yield return update;
            }
        }

        var changes = new List<BookChange>();
        while (true)
        {
            var next = followed.Changed.Next;
            changes.Clear();
            if (place.Last < 0
                || !followed.Changes.TryRead(place.Position, ChangesAtOnce, changes, out var upTo))
            {
                wait.Check(followed);
                if (place.Last >= 0)
                {
                    meter.Overrun("l3");
                    yield return new OrderUpdate(BookUpdateKind.Overrun, place.Last, place.Last, [], [], []);
                }

                var snapshot = SnapshotOf(followed, terms);
                yield return snapshot;
                place.Set(snapshot.Index);
                continue;
            }

            place.Position = upTo;
            foreach (var change in changes.Where(change => change.Orders.Length > 0))
            {
                yield return DeltaOf(change, place.Last, terms);
                place.Last = change.Index;
            }

            await wait.GoOnAsync(followed, changes.Count > 0, next, cancellation);
        }
    }

    /// <summary>What a follower who comes back lacks before the changes that are kept; its place is set where that is
    /// to be had.</summary>
    private async IAsyncEnumerable<OrderUpdate> ResumeAsync(
        FollowedBook followed, InstrumentTerms terms, long from, FollowerPlace place,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (from >= followed.Changes.CompleteAfter)
        {
            place.Set(from);
            yield break;
        }

        if (await books.ReplayAsync(followed, from, cancellation) is not { } replay)
        {
            yield break;
        }

        place.Set(from);
        while (replay.Index < followed.Changes.CompleteAfter
            && await replay.AdvanceAsync(cancellation) is { } past)
        {
            place.Position = replay.Index;
            foreach (var change in past.Where(change => change.Orders.Length > 0))
            {
                yield return DeltaOf(change, place.Last, terms);
                place.Last = change.Index;
            }
        }
    }

    private static OrderUpdate SnapshotOf(FollowedBook followed, InstrumentTerms terms)
    {
        var (orders, index) = followed.Look(mirror =>
        {
            var lines = new List<OrderLine>();
            AddOrders(mirror[terms.CanonicalSideOf(Side.Buy)], terms, lines);
            AddOrders(mirror[terms.CanonicalSideOf(Side.Sell)], terms, lines);
            return lines;
        });
        return new OrderUpdate(BookUpdateKind.Snapshot, index, 0, [], [], orders);
    }

    private static void AddOrders(MirrorSide levels, InstrumentTerms terms, List<OrderLine> lines)
    {
        for (var rank = 0; rank < levels.Count; rank++)
        {
            for (var order = levels[rank].Oldest; order is not null; order = order.Next)
            {
                lines.Add(LineOf(order.Id, order.Side, order.Price, order.Shown, terms));
            }
        }
    }

    private static OrderUpdate DeltaOf(BookChange change, long last, InstrumentTerms terms)
    {
        var (removed, changed, added) = (new List<OrderId>(), new List<OrderLine>(), new List<OrderLine>());
        foreach (var (kind, order, side, price, lots) in change.Orders)
        {
            switch (kind)
            {
                case OrderChangeKind.Removed:
                    removed.Add(order);
                    break;
                case OrderChangeKind.Changed:
                    changed.Add(LineOf(order, side, price, lots, terms));
                    break;
                default:
                    added.Add(LineOf(order, side, price, lots, terms));
                    break;
            }
        }

        return new OrderUpdate(BookUpdateKind.Delta, change.Index, last, removed, changed, added);
    }

    private static OrderLine LineOf(OrderId order, Side side, long price, long lots, InstrumentTerms terms) => new(
        order, terms.CanonicalSideOf(side), terms.CanonicalPriceOf(new Price(price)), new Quantity(lots));
}
