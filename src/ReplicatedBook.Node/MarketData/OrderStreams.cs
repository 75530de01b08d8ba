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
        var (last, position) = (-1L, -1L);
        if (fromIndex is { } from && await books.ReachAsync(from, cancellation))
        {
            var replay = from < followed.Changes.CompleteAfter
                ? await books.ReplayAsync(followed, from, cancellation)
                : null;
            if (replay is not null || from >= followed.Changes.CompleteAfter)
            {
                (last, position) = (from, from);
            }

            while (replay is not null && replay.Index < followed.Changes.CompleteAfter
                && await replay.AdvanceAsync(cancellation) is { } past)
            {
                position = replay.Index;
                foreach (var change in past.Where(change => change.Orders.Length > 0))
                {
                    yield return DeltaOf(change, last, terms);
                    last = change.Index;
                }
            }
        }

        var changes = new List<BookChange>();
        while (true)
        {
            var next = followed.Changed.Next;
            changes.Clear();
            if (last < 0 || !followed.Changes.TryRead(position, ChangesAtOnce, changes, out position))
            {
                wait.Check(followed);
                if (last >= 0)
                {
                    meter.Overrun("l3");
                    yield return new OrderUpdate(BookUpdateKind.Overrun, last, last, [], [], []);
                }

                var snapshot = SnapshotOf(followed, terms);
                yield return snapshot;
                (last, position) = (snapshot.Index, snapshot.Index);
                continue;
            }

            foreach (var change in changes.Where(change => change.Orders.Length > 0))
            {
                yield return DeltaOf(change, last, terms);
                last = change.Index;
            }

            if (changes.Count == 0)
            {
                await wait.ForAsync(followed, next, cancellation);
            }
            else
            {
                wait.Check(followed);
                cancellation.ThrowIfCancellationRequested();
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
