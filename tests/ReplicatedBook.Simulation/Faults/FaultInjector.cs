using ReplicatedBook.Consensus;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Makes the faults of a schedule happen, each at its time or after its election.</summary>
internal sealed class FaultInjector(World world, IReadOnlyList<SimulatedNode> nodes)
{
    private readonly Operator _operator = new(world, nodes);
    private readonly OldEntries _oldEntries = new(world, nodes);
    private int _reigns;

    /// <summary>Sets all of them up.</summary>
    public void Begin()
    {
        foreach (var fault in world.Schedule.Faults)
        {
            if (fault.Reign == 0)
            {
                world.Scheduler.After(fault.At, () => Make(fault, NodeOf(fault)));
            }
        }

        var reigns = world.Schedule.Faults.Where(fault => fault.Reign > 0).ToLookup(fault => fault.Reign);
        var readsAtElections = world.Plan.Has(FaultClass.StaleReads);
        world.LeaderElected = node =>
        {
            _reigns++;
            _oldEntries.Elected(node);
            if (readsAtElections)
            {
                ReadAround(world.Chance("elected", 0, _reigns), 4 * world.Plan.NetworkDelay);
            }

            foreach (var fault in reigns[_reigns])
            {
                world.Counters.Count(Sometimes.ReignsCutShort, world.IsHealthy ? 0 : 1);
                world.Scheduler.After(fault.At, () => Make(fault, node));
            }
        };
    }

    private void Make(FaultEvent fault, SimulatedNode node)
    {
        if (!world.IsFaulty)
        {
            return;
        }

        world.Counters.Count(Sometimes.FaultsMade);
        world.Trace.Note(TraceKind.Fault, node.Number, (long)fault.Kind, fault.Length, fault);
        switch (fault.Kind)
        {
            case FaultKind.Stop: Stop(fault, node); break;
            case FaultKind.Pause: Pause(fault, node); break;
            case FaultKind.Cut: Cut(LinksOf(fault, node), fault.Length); break;
            case FaultKind.Isolate: Cut(PartitionShapes.Isolate(node.Number, nodes.Count), fault.Length); break;
            case FaultKind.SlowLinks: SlowDown(fault); break;
            case FaultKind.SlowDisk: Slow(fault, node, value => node.DiskSlowness = value, Sometimes.SlowDisks); break;
            case FaultKind.SlowNode: Slow(fault, node, value => node.Slowness = value, Sometimes.SlowNodes); break;
            case FaultKind.BreakDisk: node.BreakDisk((int)fault.Amount); break;
            case FaultKind.AddMember: _operator.Add(fault.Amount); break;
            case FaultKind.RemoveMember: _operator.Remove(node); break;
            case FaultKind.ReplaceMember: _operator.Replace(node, fault.Amount, losesDisk: false); break;
            case FaultKind.LoseDisk: _operator.Replace(node, fault.Amount, losesDisk: true); break;
            case FaultKind.Damage: Damage(fault, node); break;
            case FaultKind.DamageAnyway: Damage(fault, node); break;
            case FaultKind.DamageVote: Damage(fault, node); break;
            case FaultKind.Upgrade: Upgrade(fault, node); break;
            case FaultKind.Reset: Reset(node); break;
            case FaultKind.FillDisk: FillDisk(fault, node); break;
            case FaultKind.CrashAt: node.CrashAt((int)fault.Amount, fault.LosesPower, fault.Length); break;
            case FaultKind.Transfer: Transfer(fault, node); break;
            case FaultKind.Snapshot: node.ForceSnapshot(); break;
            case FaultKind.SnapshotStorm: Storm(fault, node); break;
            case FaultKind.Seesaw: Seesaw(fault, node); break;
            case FaultKind.OldEntries: _oldEntries.Begin(fault, node); break;
            case FaultKind.StaleReads: ReadStale(fault, node); break;
            default: throw new InvalidOperationException($"no such fault: {fault}");
        }
    }

    private void Stop(FaultEvent fault, SimulatedNode node)
    {
        var isLastOne = nodes.Count(other => other.IsRunning) == 1 && node.IsRunning;
        world.Counters.Count(Sometimes.WholeClusterDown, isLastOne ? 1 : 0);
        node.Stop(fault.LosesPower);
        world.Scheduler.After(fault.Length, node.Restart);
    }

    private void Pause(FaultEvent fault, SimulatedNode node)
    {
        node.Pause();
        world.Counters.Count(Sometimes.LongPauses, fault.Length > 10_000_000 ? 1 : 0);
        world.Scheduler.After(fault.Length, node.Resume);
    }

    /// <summary>Links of a fault at an election name all nodes as senders; meant is the one elected.</summary>
    private static IReadOnlyList<(int From, int To)> LinksOf(FaultEvent fault, SimulatedNode node) => fault.Reign == 0
        ? fault.Links
        : [.. fault.Links.Where(link => link.From == node.Number)];

    private void Cut(IReadOnlyList<(int From, int To)> links, long length)
    {
        world.Counters.Count(Sometimes.Partitions);
        world.Counters.Count(Sometimes.OneWayPartitions,
            links.Any(link => !links.Contains((link.To, link.From))) ? 1 : 0);
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

    private void SlowDown(FaultEvent fault)
    {
        world.Counters.Count(Sometimes.SlowLinks);
        var (from, to) = fault.Links[0];
        world.Network.SlowDown(from, to, fault.Amount);
        world.Scheduler.After(fault.Length, () => world.Network.SlowDown(from, to, -fault.Amount));
    }

    private void Slow(FaultEvent fault, SimulatedNode node, Action<int> set, Sometimes what)
    {
        world.Counters.Count(what);
        set((int)fault.Amount);
        world.Scheduler.After(fault.Length, () => set(1));
    }

    /// <summary>Never more nodes than may be spared: what a majority promised stays readable somewhere.</summary>
    private void Damage(FaultEvent fault, SimulatedNode node)
    {
        var isAnyway = fault.Kind == FaultKind.DamageAnyway;
        if (!isAnyway && !_operator.MaySpare(node))
        {
            return;
        }

        node.Stop(fault.LosesPower);
        if (node.DamageDisk(fault.Amount, isVote: fault.Kind == FaultKind.DamageVote))
        {
            world.Counters.Count(Sometimes.AtlasesBroken, isAnyway ? 1 : 0);
            node.Refused = () => _operator.Succeed(node);
        }

        world.Scheduler.After(fault.Length, node.Restart);
    }

    private void Upgrade(FaultEvent fault, SimulatedNode node)
    {
        if (node.IsInstalled && node.Upgrade())
        {
            world.Scheduler.After(fault.Length, node.Restart);
        }
    }

    private void Reset(SimulatedNode node)
    {
        world.Counters.Count(Sometimes.ConnectionsReset);
        foreach (var other in nodes.Where(other => other != node))
        {
            other.LosePeer(node.Id);
        }
    }

    private void FillDisk(FaultEvent fault, SimulatedNode node)
    {
        node.Disk.IsFull = true;
        world.Scheduler.After(fault.Length, () => node.Disk.IsFull = false);
    }

    private void Transfer(FaultEvent fault, SimulatedNode node)
    {
        world.Counters.Count(Sometimes.TransfersAsked);
        node.Transfer(fault.Amount == 0 ? null : SimulationPlan.NameOf((int)fault.Amount));
    }

    private void Storm(FaultEvent fault, SimulatedNode node)
    {
        world.Counters.Count(Sometimes.SnapshotStorms);
        node.SnapshotsAlways = true;
        world.Scheduler.After(fault.Length, () => node.SnapshotsAlways = false);
    }

    /// <summary>The leader is cut off until another leads, comes back and leads again soon, with proposals of both
    /// times.</summary>
    private void Seesaw(FaultEvent fault, SimulatedNode node)
    {
        world.Counters.Count(Sometimes.SeesawsMade);
        Cut(PartitionShapes.Isolate(node.Number, nodes.Count), fault.Length);
        for (var i = 1; i <= 10; i++)
        {
            world.Scheduler.After(fault.Length + (i * world.Plan.ElectionTimeout / 20), () =>
            {
                var leader = LeaderOr(node);
                if (leader != node && !world.IsHealthy)
                {
                    leader.Transfer(node.Id);
                }
            });
        }
    }

    /// <summary>Cuts the leader off with as many followers as still are a minority, and reads on both sides.</summary>
    private void ReadStale(FaultEvent fault, SimulatedNode leader)
    {
        var chance = world.Chance("stale", 0, fault.Amount);
        var count = nodes.Count;
        var companions = chance.Position((count + 1) / 2);
        bool IsWith(int number) => (number - leader.Number + count) % count <= companions;
        var isOneWay = chance.Chance(300);
        Cut(PartitionShapes.Links(count, (from, to) => isOneWay
            ? IsWith(to) && !IsWith(from) // It is heard, so nobody may have noticed.
            : IsWith(from) != IsWith(to)), fault.Length);
        ReadAround(chance, fault.Length * 3 / 2);
    }

    /// <summary>Strong reads at every node, at drawn times.</summary>
    private void ReadAround(RandomStream chance, long length)
    {
        for (var i = 0; i < 2 * nodes.Count; i++)
        {
            var node = nodes[i % nodes.Count];
            world.Scheduler.After(chance.Skewed(0, length), () =>
            {
                var seenBefore = world.Observer.History.HighestSeen;
                node.ReadStrong(index =>
                {
                    world.Trace.Note(TraceKind.ReadAnswer, node.Number, index, seenBefore);
                    if (index >= 0)
                    {
                        world.Counters.Count(Sometimes.ReadsInTrouble);
                        world.Observer.History.StrongReadAnswered(node, seenBefore, index);
                    }
                });
            });
        }
    }

    private SimulatedNode NodeOf(FaultEvent fault)
    {
        var node = nodes[Math.Max(1, fault.Node) - 1];
        return fault.OnLeader ? LeaderOr(node) : node;
    }

    private SimulatedNode LeaderOr(SimulatedNode other) =>
        nodes.FirstOrDefault(node => node.IsRunning && node.Replica.Raft.Role == Role.Leader) ?? other;
}
