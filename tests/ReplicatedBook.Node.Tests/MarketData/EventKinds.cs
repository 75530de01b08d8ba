using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Node.MarketData;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Counts what happened to orders, so that a test knows that it saw all of it.</summary>
internal sealed class EventKinds : PassingEvents
{
    /// <summary>All that changes books.</summary>
    public static readonly EventKind[] OfBooks =
    [
        EventKind.OrderAccepted, EventKind.OrderAmended, EventKind.OrderCanceled, EventKind.OrderExpired,
        EventKind.Trade, EventKind.OrderConditions, EventKind.OrderTriggered, EventKind.OrderReplenished,
    ];

    private readonly Dictionary<EventKind, int> _counts = OfBooks.ToDictionary(kind => kind, _ => 0);

    /// <summary>The events of all entries that the feed holds.</summary>
    public static IReadOnlyDictionary<EventKind, int> In(LocalReplica replica)
    {
        var kinds = new EventKinds();
        for (long next = 1; next <= replica.Feed.HeadIndex;)
        {
            var page = replica.Feed.Read(next, int.MaxValue)!;
            foreach (var entry in page.Entries)
            {
                EventCodec.Read(entry.Events.Span, kinds);
            }

            next = page.NextIndex;
        }

        return kinds._counts;
    }

    public override void On(in OrderAccepted e) => _counts[EventKind.OrderAccepted]++;

    public override void On(in OrderAmended e) => _counts[EventKind.OrderAmended]++;

    public override void On(in OrderCanceled e) => _counts[EventKind.OrderCanceled]++;

    public override void On(in OrderExpired e) => _counts[EventKind.OrderExpired]++;

    public override void On(in Trade e) => _counts[EventKind.Trade]++;

    public override void On(in OrderConditions e) => _counts[EventKind.OrderConditions]++;

    public override void On(in OrderTriggered e) => _counts[EventKind.OrderTriggered]++;

    public override void On(in OrderReplenished e) => _counts[EventKind.OrderReplenished]++;
}
