using ReplicatedBook.Consensus;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Makes faults happen: each kind has its own rhythm and its own draws, so one can be left out without moving
/// another.</summary>
internal sealed class FaultInjector(World world, IReadOnlyList<SimulatedNode> nodes)
{
    private readonly PartitionMaker _partitions = new(world, nodes);
    private long _reigns;

    /// <summary>Starts the rhythms of the kinds that the plan has.</summary>
    public void Begin()
    {
        Repeat(FaultClass.Partitions, _partitions.Make);
        Repeat(FaultClass.Flapping, _partitions.Flap);
        Repeat(FaultClass.SlowLinks, SlowLink);
        Repeat(FaultClass.Kills, chance => StopSome(chance, losesPower: false));
        Repeat(FaultClass.PowerLoss, chance => StopSome(chance, losesPower: true));
        Repeat(FaultClass.WholeClusterDown, StopAll, rarity: 4);
        Repeat(FaultClass.Pauses, PauseOne);
        Repeat(FaultClass.SlowDisks, SlowDisk);
        Repeat(FaultClass.DiskErrors, chance => Pick(chance).BreakDisk(chance.Number(0, 20)), rarity: 2);
        Repeat(FaultClass.Transfers, Transfer);
        Repeat(FaultClass.Seesaws, Seesaw);
        world.LeaderElected = world.Plan.Has(FaultClass.ShortReigns) ? CutReignShort : null;
        Repeat(FaultClass.ForcedSnapshots, chance => ForceSnapshot(Pick(chance)));
    }

    private void Repeat(FaultClass fault, Action<RandomStream> make, int rarity = 1)
    {
        if (world.Plan.Has(fault))
        {
            Schedule(fault, make, rarity, occurrence: 1);
        }
    }

    private void Schedule(FaultClass fault, Action<RandomStream> make, int rarity, long occurrence)
    {
        var chance = world.Chance("fault", (long)fault, occurrence);
        var mean = world.Plan.FaultInterval * rarity;
        world.Scheduler.After(chance.Between(mean / 4, mean * 7 / 4), () =>
        {
            if (!world.IsHealthy)
            {
                make(chance);
                Schedule(fault, make, rarity, occurrence + 1);
            }
        });
    }

    private void StopSome(RandomStream chance, bool losesPower)
    {
        var victims = chance.Chance(250) ? chance.Number(2, nodes.Count - 1) : 1;
        var first = chance.Position(nodes.Count);
        for (var i = 0; i < victims; i++)
        {
            StopFor(nodes[(first + i) % nodes.Count], chance, losesPower);
        }
    }

    private void StopAll(RandomStream chance)
    {
        world.Counters.Count(Sometimes.WholeClusterDown);
        var losesPower = chance.Chance(700);
        foreach (var node in nodes)
        {
            StopFor(node, chance, losesPower);
        }
    }

    private void StopFor(SimulatedNode node, RandomStream chance, bool losesPower)
    {
        node.Stop(losesPower);
        world.Scheduler.After(chance.Skewed(1_000, world.Plan.MaxFaultLength), node.Restart);
    }

    private void PauseOne(RandomStream chance)
    {
        var node = chance.Chance(500) ? LeaderOr(Pick(chance)) : Pick(chance);
        node.Pause();
        world.Scheduler.After(chance.Skewed(1_000, world.Plan.MaxFaultLength), node.Resume);
    }

    private void SlowLink(RandomStream chance)
    {
        var (from, to) = (Pick(chance).Number, Pick(chance).Number);
        var delay = chance.Skewed(1_000, 500_000);
        world.Counters.Count(Sometimes.SlowLinks);
        world.Trace.Note(TraceKind.SlowLink, to, from, delay);
        world.Network.SlowDown(from, to, delay);
        world.Scheduler.After(
            chance.Skewed(1_000, world.Plan.MaxFaultLength), () => world.Network.SlowDown(from, to, -delay));
    }

    private void SlowDisk(RandomStream chance)
    {
        var (node, slowness) = (Pick(chance), chance.Number(2, 100));
        world.Counters.Count(Sometimes.SlowDisks);
        world.Trace.Note(TraceKind.SlowDisk, node.Number, slowness);
        node.DiskSlowness = slowness;
        world.Scheduler.After(chance.Skewed(1_000, world.Plan.MaxFaultLength), () => node.DiskSlowness = 1);
    }

    private void Transfer(RandomStream chance)
    {
        var node = LeaderOr(Pick(chance));
        world.Counters.Count(Sometimes.TransfersAsked);
        world.Trace.Note(TraceKind.Transfer, node.Number);
        node.Transfer(null);
    }

    /// <summary>The leader is cut off until another leads, comes back and leads again soon, with proposals of both
    /// times.</summary>
    private void Seesaw(RandomStream chance)
    {
        var node = LeaderOr(Pick(chance));
        var length = chance.Between(world.Plan.ElectionTimeout / 2, world.Plan.ElectionTimeout * 3 / 2);
        world.Counters.Count(Sometimes.SeesawsMade);
        _partitions.IsolateFor(node.Number, length);
        for (var i = 1; i <= 10; i++)
        {
            world.Scheduler.After(length + (i * world.Plan.ElectionTimeout / 20), () =>
            {
                var leader = LeaderOr(node);
                if (leader != node && !world.IsHealthy)
                {
                    world.Trace.Note(TraceKind.Transfer, leader.Number, node.Number);
                    leader.Transfer(node.Id);
                }
            });
        }
    }

    /// <summary>A leader falls while its first entries are on their way (Raft paper, figure 8).</summary>
    private void CutReignShort(SimulatedNode node)
    {
        var chance = world.Chance("reign", 0, ++_reigns);
        if (world.IsHealthy || chance.Chance(500))
        {
            return;
        }

        world.Counters.Count(Sometimes.ReignsCutShort);
        var (isCutOff, length) = (chance.Chance(500), chance.Skewed(1_000, 2 * world.Plan.ElectionTimeout));
        world.Scheduler.After(chance.Skewed(0, 8 * world.Plan.NetworkDelay), () =>
        {
            if (isCutOff)
            {
                _partitions.IsolateFor(node.Number, length);
            }
            else if (!world.IsHealthy)
            {
                node.Stop(chance.Chance(500));
                world.Scheduler.After(length, node.Restart);
            }
        });
    }

    private void ForceSnapshot(SimulatedNode node)
    {
        world.Trace.Note(TraceKind.ForcedSnapshot, node.Number);
        node.ForceSnapshot();
    }

    private SimulatedNode Pick(RandomStream chance) => nodes[chance.Position(nodes.Count)];

    private SimulatedNode LeaderOr(SimulatedNode other) =>
        nodes.FirstOrDefault(node => node.IsRunning && node.Replica.Raft.Role == Role.Leader) ?? other;
}
