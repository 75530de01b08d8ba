using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Invariants;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>Follows the events of one node after the other, at times slowly: they must be the same everywhere, without
/// a gap and without a repetition.</summary>
internal sealed class FeedReader(World world, int number)
{
    private long _reads;
    private long _next = 1;
    private int _node = 1;

    /// <summary>Begins to read, until faults end and the last of it is read.</summary>
    public void Begin() => ReadLater();

    /// <summary>Reads on at a node until its end.</summary>
    public void ReadAll(int node)
    {
        _node = node;
        for (var before = _next - 1; before < _next;)
        {
            before = _next;
            ReadSome(int.MaxValue);
            if (before == _next)
            {
                return;
            }
        }
    }

    private void ReadLater()
    {
        var chance = world.Chance("feed", number, ++_reads);
        world.Scheduler.After(chance.Skewed(50_000, 8_000_000), () =>
        {
            _node = chance.Chance(300) ? 1 + chance.Position(world.Plan.Nodes) : _node;
            ReadSome((int)chance.Skewed(1, 100));
            if (!world.IsHealthy)
            {
                ReadLater();
            }
        });
    }

    private void ReadSome(int maxEntries)
    {
        var node = world.Observer.Nodes[(_node - 1) % world.Plan.Nodes];
        if (!node.IsRunning)
        {
            return;
        }

        var feed = node.Replica.Feed;
        if (feed.Read(_next, maxEntries) is not { } page)
        {
            world.Counters.Count(Sometimes.FeedReadersFellBehind);
            _next = feed.OldestIndex;
            return;
        }

        world.Counters.Count(Sometimes.FeedEntriesRead, page.Entries.Count);
        var log = world.Observer.Log;
        var position = 0;
        for (; _next < page.NextIndex; _next++)
        {
            InvariantBrokenException.Require(_next <= log.LastIndex, "feeds-are-equal",
                () => $"{node.Id} has published {_next}, committed is {log.LastIndex}");
            var isHere = position < page.Entries.Count && page.Entries[position].Index == _next;
            var seen = isHere ? Fingerprint.Of(page.Entries[position++].Events.Span) : 0;
            InvariantBrokenException.Require(seen == log.EventsAt(_next), "feeds-are-equal",
                () => $"{node.Id} has {(isHere ? "other" : "no")} events at {_next}");
        }

        InvariantBrokenException.Require(position == page.Entries.Count, "feeds-are-equal",
            () => $"{node.Id} gives entry {page.Entries[position].Index} before {page.NextIndex}");
    }
}
