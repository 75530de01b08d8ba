using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Cuts links in the shapes that have broken real clusters, and mends them again.</summary>
internal sealed class PartitionMaker(World world, IReadOnlyList<SimulatedNode> nodes)
{
    /// <summary>Makes one partition of a drawn shape for a drawn time.</summary>
    public void Make(RandomStream chance)
    {
        var cut = (chance.Number(0, 4)) switch
        {
            0 => Isolate(chance),
            1 => Split(chance),
            2 => OneWay(chance),
            3 => HalfDeaf(chance),
            _ => Bridge(chance),
        };
        Cut(cut, chance.Skewed(10_000, world.Plan.MaxFaultLength));
    }

    /// <summary>Cuts one node off and on several times.</summary>
    public void Flap(RandomStream chance)
    {
        var (cut, delay) = (Isolate(chance), 0L);
        for (var i = chance.Number(2, 8); i > 0; i--)
        {
            var length = chance.Between(20_000, 400_000);
            world.Scheduler.After(delay, () => Cut(cut, length));
            delay += length + chance.Between(20_000, 400_000);
        }
    }

    /// <summary>Cuts one certain node off.</summary>
    public void IsolateFor(int alone, long length) => Cut(Links((from, to) => from == alone || to == alone), length);

    private void Cut(IReadOnlyList<(int From, int To)> links, long length)
    {
        if (world.IsHealthy)
        {
            return;
        }

        world.Counters.Count(Sometimes.Partitions);
        world.Trace.Note(TraceKind.Partition, 0, links.Count, length, string.Join(", ", links));
        foreach (var (from, to) in links)
        {
            world.Network.Block(from, to);
        }

        world.Scheduler.After(length, () =>
        {
            world.Trace.Note(TraceKind.Heal, 0, links.Count);
            foreach (var (from, to) in links)
            {
                world.Network.Unblock(from, to);
            }
        });
    }

    private List<(int From, int To)> Isolate(RandomStream chance)
    {
        var alone = 1 + chance.Position(nodes.Count);
        return Links((from, to) => from == alone || to == alone);
    }

    private List<(int From, int To)> Split(RandomStream chance)
    {
        var side = chance.NextBits();
        return Links((from, to) => ((side >> from) & 1) != ((side >> to) & 1));
    }

    /// <summary>One link, one direction.</summary>
    private List<(int From, int To)> OneWay(RandomStream chance)
    {
        world.Counters.Count(Sometimes.OneWayPartitions);
        var (one, other) = (1 + chance.Position(nodes.Count), 1 + chance.Position(nodes.Count));
        return Links((from, to) => from == one && to == other);
    }

    /// <summary>A node that is heard and hears nothing, or hears and is not heard.</summary>
    private List<(int From, int To)> HalfDeaf(RandomStream chance)
    {
        world.Counters.Count(Sometimes.OneWayPartitions);
        var (node, isDeaf) = (1 + chance.Position(nodes.Count), chance.Chance(500));
        return Links((from, to) => (isDeaf ? to : from) == node);
    }

    /// <summary>Two halves that only one node still connects.</summary>
    private List<(int From, int To)> Bridge(RandomStream chance)
    {
        var (side, bridge) = (chance.NextBits(), 1 + chance.Position(nodes.Count));
        return Links((from, to) => from != bridge && to != bridge && ((side >> from) & 1) != ((side >> to) & 1));
    }

    private List<(int From, int To)> Links(Func<int, int, bool> isCut)
    {
        var links = new List<(int From, int To)>();
        for (var from = 1; from <= nodes.Count; from++)
        {
            for (var to = 1; to <= nodes.Count; to++)
            {
                if (from != to && isCut(from, to))
                {
                    links.Add((from, to));
                }
            }
        }

        return links;
    }
}
