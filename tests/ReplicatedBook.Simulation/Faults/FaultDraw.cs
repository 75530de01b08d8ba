using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Draws all faults of a seed ahead of time: each kind has its own rhythm and each occurrence its own draws,
/// so one can be left out without moving another.</summary>
internal sealed class FaultDraw
{
    private const int MostReigns = 60;
    private readonly SimulationPlan _plan;
    private readonly List<FaultEvent> _faults = [];

    private FaultDraw(SimulationPlan plan) => _plan = plan;

    /// <summary>Draws the faults of a plan, by time; those of reigns come last.</summary>
    public static IReadOnlyList<FaultEvent> Draw(SimulationPlan plan)
    {
        var draw = new FaultDraw(plan);
        draw.DrawAll();
        return [.. draw._faults.OrderBy(fault => fault.Reign).ThenBy(fault => fault.At)];
    }

    private void DrawAll()
    {
        Repeat(FaultClass.Partitions, (at, chance) =>
            Cut(at, PartitionShapes.Draw(chance, _plan.Machines), chance.Skewed(10_000, _plan.MaxFaultLength)));
        Repeat(FaultClass.Flapping, Flap, rarity: 2);
        Repeat(FaultClass.Swizzles, Swizzle, rarity: 3);
        Repeat(FaultClass.SlowLinks, SlowLink);
        Repeat(FaultClass.Kills, (at, chance) => StopSome(at, chance, losesPower: false));
        Repeat(FaultClass.PowerLoss, (at, chance) => StopSome(at, chance, losesPower: true));
        Repeat(FaultClass.WholeClusterDown, StopAll, rarity: 4);
        Repeat(FaultClass.Pauses, (at, chance) => Add(OnSomeone(at, FaultKind.Pause, chance) with
        {
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
        }));
        Repeat(FaultClass.LongPauses, (at, chance) => Add(OnSomeone(at, FaultKind.Pause, chance) with
        {
            Length = chance.Skewed(1_000_000, 30_000_000),
        }), rarity: 4);
        Repeat(FaultClass.SlowDisks, (at, chance) => Add(OnSomeone(at, FaultKind.SlowDisk, chance) with
        {
            Amount = chance.Number(2, 100),
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
        }));
        Repeat(FaultClass.SlowNodes, (at, chance) => Add(OnSomeone(at, FaultKind.SlowNode, chance) with
        {
            Amount = 10,
            Length = chance.Skewed(100_000, _plan.MaxFaultLength),
        }));
        Repeat(FaultClass.DiskErrors, (at, chance) => Add(OnSomeone(at, FaultKind.BreakDisk, chance) with
        {
            Amount = chance.Number(0, 20),
        }), rarity: 2);
        Repeat(FaultClass.FullDisks, (at, chance) => Add(OnSomeone(at, FaultKind.FillDisk, chance) with
        {
            Length = chance.Skewed(10_000, _plan.MaxFaultLength),
        }), rarity: 2);
        Repeat(FaultClass.CrashPoints, (at, chance) => Add(OnSomeone(at, FaultKind.CrashAt, chance) with
        {
            Amount = chance.Skewed(0, 60),
            LosesPower = chance.Chance(700),
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
        }));
        Repeat(FaultClass.Transfers, (at, chance) => Add(OnSomeone(at, FaultKind.Transfer, chance) with
        {
            OnLeader = true,
            Amount = chance.Number(0, _plan.Machines),
        }));
        Repeat(FaultClass.Memberships, DrawChange);
        Repeat(FaultClass.Damage, (at, chance) => Add(OnSomeone(at, FaultKind.Damage, chance) with
        {
            OnLeader = chance.Chance(300),
            Amount = chance.Number(0, 1_000_000), // Where and how.
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
            LosesPower = chance.Chance(400),
        }), rarity: 2);
        Repeat(FaultClass.VoteDamage, (at, chance) => Add(OnSomeone(at, FaultKind.DamageVote, chance) with
        {
            Amount = chance.Number(0, 1_000_000), // Where and how.
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
            LosesPower = chance.Chance(400),
        }), rarity: 3);
        Repeat(FaultClass.MixedVersions, (at, chance) => Add(OnSomeone(at, FaultKind.Upgrade, chance) with
        {
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
        }), rarity: 2);
        BreakAtlas();
        Repeat(FaultClass.Resets, (at, chance) => Add(OnSomeone(at, FaultKind.Reset, chance)));
        Repeat(FaultClass.ForcedSnapshots, (at, chance) => Add(OnSomeone(at, FaultKind.Snapshot, chance)));
        Repeat(FaultClass.SnapshotStorms, (at, chance) => Add(OnSomeone(at, FaultKind.SnapshotStorm, chance) with
        {
            Length = chance.Skewed(100_000, _plan.MaxFaultLength),
        }), rarity: 3);
        Repeat(FaultClass.Seesaws, (at, chance) => Add(OnSomeone(at, FaultKind.Seesaw, chance) with
        {
            OnLeader = true,
            Length = chance.Between(_plan.ElectionTimeout / 2, _plan.ElectionTimeout * 3 / 2),
        }));
        Repeat(FaultClass.OldEntries, (at, chance) => Add(OnSomeone(at, FaultKind.OldEntries, chance) with
        {
            OnLeader = true,
            Amount = chance.Number(0, 1_000_000), // Whom the first leader reaches in the end.
            Length = chance.Skewed(0, 8 * _plan.NetworkDelay), // How long it does.
        }));
        Repeat(FaultClass.StaleReads, (at, chance) => Add(OnSomeone(at, FaultKind.StaleReads, chance) with
        {
            OnLeader = true,
            Amount = chance.Number(0, 1_000_000), // Who is cut off with it, and when the reads come.
            Length = chance.Between(_plan.ElectionTimeout / 2, _plan.ElectionTimeout * 2),
        }));
        DrawReigns();
    }

    /// <summary>Leaders fall while their first entries are on their way (Raft paper, figure 8).</summary>
    private void DrawReigns()
    {
        if (!_plan.Has(FaultClass.ShortReigns))
        {
            return;
        }

        for (var reign = 1; reign <= MostReigns; reign++)
        {
            var chance = new RandomStream(_plan.Seed, "reign", 0, reign);
            if (chance.Chance(500))
            {
                continue;
            }

            var fault = new FaultEvent
            {
                At = chance.Skewed(0, 8 * _plan.NetworkDelay),
                Kind = chance.Chance(500) ? FaultKind.Isolate : FaultKind.Stop,
                Reign = reign,
                Length = chance.Skewed(1_000, 2 * _plan.ElectionTimeout),
                LosesPower = chance.Chance(500),
            };
            _faults.Add(fault);
            if (chance.Chance(500))
            {
                DrawPartialReach(chance, fault);
            }
        }
    }

    /// <summary>Until it falls, a leader reaches one other node only: what it adds stands on a minority.</summary>
    private void DrawPartialReach(RandomStream chance, FaultEvent fault)
    {
        var reached = 1 + chance.Position(_plan.Machines);
        _faults.Add(fault with
        {
            At = 0,
            Kind = FaultKind.Cut,
            LosesPower = false,
            Length = fault.At + chance.Skewed(1_000, _plan.ElectionTimeout),
            Links = PartitionShapes.Links(_plan.Machines, (_, to) => to != reached),
        });
    }

    private void Repeat(FaultClass fault, Action<long, RandomStream> draw, int rarity = 1)
    {
        if (!_plan.Has(fault))
        {
            return;
        }

        var (at, mean) = (0L, _plan.FaultInterval * rarity);
        for (var occurrence = 1; ; occurrence++)
        {
            var chance = new RandomStream(_plan.Seed, "fault", (long)fault, occurrence);
            at += chance.Between(mean / 4, mean * 7 / 4);
            if (at >= _plan.FaultTime)
            {
                return;
            }

            draw(at, chance);
        }
    }

    private FaultEvent OnSomeone(long at, FaultKind kind, RandomStream chance) => new()
    {
        At = at,
        Kind = kind,
        Node = 1 + chance.Position(_plan.Machines),
        OnLeader = chance.Chance(400),
    };

    private void Add(FaultEvent fault) => _faults.Add(fault);

    private void Cut(long at, IReadOnlyList<(int From, int To)> links, long length) =>
        Add(new FaultEvent { At = at, Kind = FaultKind.Cut, Links = links, Length = length });

    private void Flap(long at, RandomStream chance)
    {
        var alone = 1 + chance.Position(_plan.Machines);
        for (var i = chance.Number(2, 8); i > 0; i--)
        {
            var length = chance.Between(_plan.TickInterval, _plan.ElectionTimeout);
            Cut(at, PartitionShapes.Isolate(alone, _plan.Machines), length);
            at += length + chance.Between(_plan.TickInterval, _plan.ElectionTimeout);
        }
    }

    /// <summary>Node after node is cut off, and comes back in an order of its own.</summary>
    private void Swizzle(long at, RandomStream chance)
    {
        var whole = chance.Between(_plan.ElectionTimeout, 4 * _plan.ElectionTimeout);
        for (var node = 1; node <= _plan.Machines; node++)
        {
            if (chance.Chance(700))
            {
                var begin = at + chance.Between(0, whole);
                var length = at + whole - begin + chance.Between(1, whole);
                Cut(begin, PartitionShapes.Isolate(node, _plan.Machines), length);
            }
        }
    }

    /// <summary>Late, so that there is something to lose: a majority is damaged, or all are.</summary>
    private void BreakAtlas()
    {
        if (!_plan.Has(FaultClass.BrokenAtlas))
        {
            return;
        }

        var chance = new RandomStream(_plan.Seed, "fault", (long)FaultClass.BrokenAtlas);
        var at = chance.Between(_plan.FaultTime / 2, _plan.FaultTime - 1);
        var most = chance.Number((_plan.Machines / 2) + 1, _plan.Machines);
        var first = chance.Position(_plan.Machines);
        for (var i = 0; i < most; i++)
        {
            Add(new FaultEvent
            {
                At = Math.Min(at + chance.Skewed(0, _plan.ElectionTimeout), _plan.FaultTime - 1),
                Kind = FaultKind.DamageAnyway,
                Node = 1 + ((first + i) % _plan.Machines),
                Amount = chance.Number(0, 1_000_000),
                Length = chance.Skewed(1_000, _plan.MaxFaultLength),
                LosesPower = chance.Chance(400),
            });
        }
    }

    private void DrawChange(long at, RandomStream chance)
    {
        var kind = chance.Number(0, 9) switch
        {
            < 4 => FaultKind.AddMember,
            < 6 => FaultKind.RemoveMember,
            < 8 => FaultKind.ReplaceMember,
            _ => FaultKind.LoseDisk,
        };
        Add(OnSomeone(at, kind, chance) with { Amount = chance.Number(0, 1_000_000) });
    }

    private void SlowLink(long at, RandomStream chance)
    {
        var (from, to) = (1 + chance.Position(_plan.Machines), 1 + chance.Position(_plan.Machines));
        Add(new FaultEvent
        {
            At = at,
            Kind = FaultKind.SlowLinks,
            Links = [(from, to)],
            Amount = chance.Skewed(1_000, 500_000),
            Length = chance.Skewed(1_000, _plan.MaxFaultLength),
        });
    }

    private void StopSome(long at, RandomStream chance, bool losesPower)
    {
        var victims = chance.Chance(250) ? chance.Number(2, _plan.Machines - 1) : 1;
        var first = OnSomeone(at, FaultKind.Stop, chance) with { LosesPower = losesPower };
        for (var i = 0; i < victims; i++)
        {
            Add(first with
            {
                Node = 1 + ((first.Node - 1 + i) % _plan.Machines),
                OnLeader = first.OnLeader && i == 0,
                Length = DrawAbsence(chance),
            });
        }
    }

    private void StopAll(long at, RandomStream chance)
    {
        var losesPower = chance.Chance(700);
        for (var node = 1; node <= _plan.Machines; node++)
        {
            Add(new FaultEvent
            {
                At = at,
                Kind = FaultKind.Stop,
                Node = node,
                LosesPower = losesPower,
                Length = DrawAbsence(chance),
            });
        }
    }

    private long DrawAbsence(RandomStream chance) =>
        chance.Chance(50) ? chance.Between(0, 60_000_000) : chance.Skewed(1_000, _plan.MaxFaultLength);
}
