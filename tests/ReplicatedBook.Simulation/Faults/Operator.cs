using ReplicatedBook.Consensus;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Faults;

/// <summary>Changes the membership as people do: asks whoever leads, looks what became of it, and asks again; several
/// changes may be under way at once.</summary>
internal sealed class Operator(World world, IReadOnlyList<SimulatedNode> nodes)
{
    private const int MostTries = 40;
    private long _tasks;
    private int _removals; // Asked for, and not answered.

    /// <summary>Whether one more node may be without what it promised, for as long as it takes: with those that are
    /// missing already no more than a minority, also if a change that is under way comes into force.</summary>
    public bool MaySpare(SimulatedNode node)
    {
        var (log, membership) = (world.Observer.Log, world.Observer.Log.Membership);
        var isUncertain = _removals > 0
            || nodes.Any(other => other.HasStarted && other.Replica.Raft.MembershipIndex > log.LastIndex);
        var missing = nodes.Count(other => other != node && IsMissing(other));
        return !isUncertain && node.IsInstalled && !node.IsLost && node.IsWhole && membership.IsVoter(node.Id)
            && missing < (membership.VoterCount - 1) / 2;
    }

    /// <summary>A machine joins: one that never was a member, or one that was removed.</summary>
    public void Add(long key)
    {
        var chance = world.Chance("operator", 0, ++_tasks);
        if (FindSpare(chance) is { } spare)
        {
            spare.Install();
            Ask(spare, new MembershipChange.AddLearner(spare.Id, ""), chance, () => Promote(spare, chance));
        }
    }

    /// <summary>A member is removed; its process goes on for a while, or for ever.</summary>
    public void Remove(SimulatedNode node)
    {
        var membership = world.Observer.Log.Membership;
        if (membership.VoterCount > 3 || !membership.IsVoter(node.Id))
        {
            Retire(node, world.Chance("operator", 1, ++_tasks));
        }
    }

    /// <summary>Another machine comes in a member's place.</summary>
    public void Replace(SimulatedNode node, long key, bool losesDisk)
    {
        var chance = world.Chance("operator", 2, ++_tasks);
        if (losesDisk ? !MaySpare(node) : !world.Observer.Log.Membership.IsVoter(node.Id))
        {
            return;
        }

        if (FindSpare(chance) is not { } spare)
        {
            return;
        }

        if (losesDisk)
        {
            world.Counters.Count(Sometimes.DisksLost);
            node.Stop(losesPower: true);
            node.IsLost = true;
        }

        BringIn(spare, node, chance);
    }

    /// <summary>Another machine comes in the place of one that is gone for good, if there is one.</summary>
    public void Succeed(SimulatedNode lost)
    {
        var chance = world.Chance("operator", 3, ++_tasks);
        if (FindSpare(chance) is { } spare)
        {
            BringIn(spare, lost, chance);
        }
    }

    private void BringIn(SimulatedNode spare, SimulatedNode node, RandomStream chance)
    {
        spare.Install();
        Ask(spare, new MembershipChange.AddLearner(spare.Id, ""), chance,
            () => Promote(spare, chance, () => Retire(node, chance)));
    }

    private bool IsMissing(SimulatedNode node) =>
        world.Observer.Log.Membership.IsVoter(node.Id) && (node.IsLost || !node.IsWhole);

    private void Promote(SimulatedNode spare, RandomStream chance, Action? then = null) =>
        Ask(spare, new MembershipChange.Promote(spare.Id), chance, () =>
        {
            world.Counters.Count(Sometimes.MembersPromoted);
            then?.Invoke();
        });

    private void Retire(SimulatedNode node, RandomStream chance) =>
        Ask(node, new MembershipChange.Remove(node.Id), chance, () =>
        {
            world.Counters.Count(Sometimes.MembersRemoved);
            if (chance.Chance(500))
            {
                world.Scheduler.After(0, () => node.Stop(losesPower: false)); // It may be answering this at the moment.
            }
        });

    /// <summary>A name is used again only with the disk that it had.</summary>
    private SimulatedNode? FindSpare(RandomStream chance)
    {
        var membership = world.Observer.Log.Membership;
        var spares = nodes.Where(node => !node.IsLost && membership.Find(node.Id) is null
            && !nodes.Any(other => other.IsRunning && other.Replica.Raft.Membership.Find(node.Id) is not null
                && other.Replica.Raft.Role == Role.Leader)).ToList();
        return spares.Count == 0 ? null : spares[chance.Position(spares.Count)];
    }

    private void Ask(
        SimulatedNode about, MembershipChange change, RandomStream chance, Action then, int tries = 0)
    {
        if (world.IsHealthy || tries >= MostTries || about.IsLost && change is not MembershipChange.Remove)
        {
            return;
        }

        // Nobody takes a voter that serves away while others do not.
        var isRemoval = change is MembershipChange.Remove;
        var mustWait = isRemoval && !about.IsLost && nodes.Any(IsMissing);
        var leader = mustWait
            ? null
            : nodes.FirstOrDefault(node => node.IsRunning && node.Replica.Raft.Role == Role.Leader);
        var isOver = false;
        _removals += isRemoval && leader is not null ? 1 : 0;
        leader?.ChangeMembership(change, outcome =>
        {
            if (isOver)
            {
                return;
            }

            isOver = true;
            _removals -= isRemoval ? 1 : 0;
            world.Counters.Count(Sometimes.MembershipChangesAsked);
            world.Trace.Note(TraceKind.Membership, leader.Number, (long)outcome.Result, (long)outcome.Refusal, change);
            if (outcome.Result == MembershipResult.Done || IsInForce(change))
            {
                then();
            }
            else
            {
                Again();
            }
        });
        world.Scheduler.After(4 * world.Plan.ElectionTimeout, () =>
        {
            if (!isOver)
            {
                isOver = true;
                _removals -= isRemoval && leader is not null ? 1 : 0;
                Again();
            }
        });

        void Again() => world.Scheduler.After(
            chance.Between(world.Plan.TickInterval, world.Plan.ElectionTimeout),
            () => Ask(about, change, chance, then, tries + 1));
    }

    private bool IsInForce(MembershipChange change)
    {
        var membership = world.Observer.Log.Membership;
        return change switch
        {
            MembershipChange.AddLearner add => membership.Find(add.Id) is not null,
            MembershipChange.Promote promote => membership.IsVoter(promote.Id),
            MembershipChange.Remove remove => membership.Find(remove.Id) is null,
            _ => false,
        };
    }
}
