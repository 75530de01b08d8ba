using ReplicatedBook.Consensus;
using ReplicatedBook.Simulation.Clients;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Faults;
using ReplicatedBook.Simulation.Invariants;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation;

/// <summary>A whole cluster with its clients and faults on one thread: first safety with faults, then liveness
/// without.</summary>
internal sealed class SimulatedCluster
{
    private const int StepsBetweenFullChecks = 2_000;
    private const int MostSteps = 2_000_000; // Fifty times what a usual seed takes: something answers itself for ever.
    private const long LongestDrain = 60_000_000;
    private readonly World _world;
    private readonly long _mostSteps;
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<SimulatedClient> _clients = [];
    private readonly List<FeedReader> _readers;

    /// <summary>A cluster that is switched off.</summary>
    public SimulatedCluster(Schedule schedule)
    {
        var plan = schedule.Plan;
        _world = new World(schedule);
        _mostSteps = MostSteps * Math.Max(1, plan.FaultTime / (SimulateCommand.DefaultSeconds * 1_000_000L));
        _nodes.AddRange(Enumerable.Range(1, plan.Machines).Select(number => new SimulatedNode(_world, number)));
        var market = new Market();
        _clients.AddRange(Enumerable.Range(1, plan.Clients)
            .Select(number => new SimulatedClient(_world, market, number)));
        _readers = [new FeedReader(_world, 1), new FeedReader(_world, 2)];
        _world.Network.Connect(_nodes);
        _world.Observer.Watch(_nodes);
    }

    /// <summary>Lives one seed from beginning to end.</summary>
    public static SimulationResult Run(SimulationPlan plan) => Run(Schedule.Of(plan));

    /// <summary>Lives a schedule from beginning to end.</summary>
    public static SimulationResult Run(Schedule schedule)
    {
        var cluster = new SimulatedCluster(schedule);
        try
        {
            cluster.LiveWithFaults();
            cluster.LiveWithout();
            return cluster.Result(null);
        }
        catch (Exception exception)
        {
            return cluster.Result(exception);
        }
    }

    private void LiveWithFaults()
    {
        foreach (var node in _nodes.Where(node => node.Number <= _world.Plan.Nodes))
        {
            var chance = _world.Chance("boot", node.Number);
            _world.Scheduler.After(chance.Skewed(0, 200_000), node.Install);
        }

        _clients.ForEach(client => client.Begin());
        _readers.ForEach(reader => reader.Begin());
        new FaultInjector(_world, _nodes).Begin();
        RunUntil(_world.Plan.FaultTime, () => false);
    }

    /// <summary>Faults end within one majority, which must serve; then everywhere, and all must become equal.</summary>
    private void LiveWithout()
    {
        var chance = _world.Chance("core", 0);
        var isPartial = chance.Chance(500) && !_world.Plan.Has(FaultClass.Memberships) && _nodes.TrueForAll(
            node => node.IsWhole); // Else the majority that is chosen might need one that is left out.
        var spared = chance.Position(_nodes.Count); // The core are those that follow it around the circle.
        var coreSize = (_nodes.Count / 2) + 1;
        bool IsInCore(int number) => !isPartial || (number - 1 - spared + _nodes.Count) % _nodes.Count < coreSize;
        var core = _nodes.Where(node => IsInCore(node.Number)).ToList();
        _world.Trace.Note(TraceKind.FaultsEnd, 0, core.Count);
        _world.Counters.Count(Sometimes.HealedOneMajorityFirst, isPartial ? 1 : 0);
        _world.IsHealthy = true;
        _world.Network.Heal(isPartial ? (from, to) => IsInCore(from) && IsInCore(to) : null);
        core.ForEach(node => node.Heal());
        if (IsHalted())
        {
            return;
        }

        RequireAlive(core);
        if (isPartial)
        {
            _world.Network.Heal(null);
            _nodes.ForEach(node => node.Heal());
            RequireAlive(_nodes);
        }

        RequireStable(chance);
        _readers.ForEach(reader => _nodes.ForEach(node => reader.ReadAll(node.Number)));
        _world.Observer.RequireEqualEnds();
    }

    /// <summary>Where damage went beyond what can be survived, a cluster may stop for good: nobody is elected without
    /// what was acknowledged. A leader that was whole may also repair all others, and then all is as ever.</summary>
    private bool IsHalted()
    {
        var membership = _world.Observer.Log.Membership;
        bool IsServing(SimulatedNode node) => node.IsWhole && !node.IsLost && membership.IsVoter(node.Id);
        if (!_world.Plan.Has(FaultClass.BrokenAtlas) || _nodes.Count(IsServing) > membership.VoterCount / 2)
        {
            return false;
        }

        RunUntil(_world.Scheduler.Now + LongestDrain, () => _nodes.Count(IsServing) > membership.VoterCount / 2);
        var isRepaired = _nodes.Count(IsServing) > membership.VoterCount / 2;
        if (!isRepaired)
        {
            _world.Counters.Count(Sometimes.ClustersHalted);
            _nodes.ForEach(_ => _world.Observer.RequireAll());
            _world.Observer.History.RequireComplete();
        }

        return !isRepaired;
    }

    /// <summary>A node that does not hear the leader, but others that do, must not bring it down (RELIABILITY
    /// P13).</summary>
    private void RequireStable(RandomStream chance)
    {
        var isAnyoneMissing = _nodes.Exists(node => node.IsLost && _world.Observer.Log.Membership.IsVoter(node.Id));
        if (isAnyoneMissing || chance.Chance(500))
        {
            return;
        }

        // A hand-over that was asked for before may be under way still.
        RunUntil(_world.Scheduler.Now + _world.Plan.ElectionTimeout + (4 * _world.Plan.NetworkDelay), () => false);
        RequireAlive(_nodes);
        var leader = _nodes.Find(node => node.IsRunning && node.Replica.Raft.Role == Role.Leader)?.Number ?? 0;
        var other = 1 + chance.Position(_nodes.Count);
        if (leader == 0 || other == leader)
        {
            return;
        }

        var before = _world.Counters[Sometimes.ElectionsWon];
        _world.Counters.Count(Sometimes.HalfConnectedAtTheEnd);
        _world.Network.Heal((from, to) => (from != leader || to != other) && (from != other || to != leader));
        RunUntil(_world.Scheduler.Now + (4 * _world.Plan.ElectionTimeout), () => false);
        var elections = _world.Counters[Sometimes.ElectionsWon] - before;
        InvariantBrokenException.Require(elections == 0, "stable-when-half-connected", () =>
            $"{elections} elections while all but n{other} heard the leader n{leader}");
        _world.Network.Heal(null);
        RequireAlive(_nodes);
    }

    private void RequireAlive(List<SimulatedNode> nodes)
    {
        var round = _world.Plan.ElectionTimeout + (4 * _world.Plan.NetworkDelay);
        var patience = SimulationPlan.MaxElectionTimeouts * round;
        RequireSoon(
            patience, () => nodes.Exists(node => node.IsRunning && node.Replica.Raft.Role == Role.Leader), "a leader");
        RequireSoon(LongestDrain, () => _clients.TrueForAll(client => client.IsDone && client.IsIdle),
            "answers for all clients");
        RequireSoon(LongestDrain, () => AreLevel(nodes), "equal replicas");
        _world.Observer.RequireAll();
    }

    private bool AreLevel(List<SimulatedNode> nodes) => nodes.Where(_world.Observer.IsMember).All(node =>
        node.IsRunning && node.Replica.AppliedIndex == _world.Observer.Log.LastIndex
        && node.Replica.Raft.Log.LastIndex == node.Replica.AppliedIndex);

    private void RequireSoon(long patience, Func<bool> isReached, string what)
    {
        var isInTime = RunUntil(_world.Scheduler.Now + patience, isReached);
        InvariantBrokenException.Require(isInTime, "alive-after-healing", () =>
            $"{what} not within {patience / 1000} ms; clients wait for "
            + $"[{string.Join(", ", _clients.Select(client => client.Waiting))}], nodes: "
            + string.Join("; ", _nodes.Select(Describe)));
    }

    private bool RunUntil(long time, Func<bool> isReached)
    {
        while (!isReached())
        {
            InvariantBrokenException.Require(_world.Scheduler.Steps < _mostSteps, "no-storms", () =>
                $"more than {_mostSteps} events; clients wait for "
                + $"[{string.Join(", ", _clients.Select(client => client.Waiting))}]");
            if (!_world.Scheduler.RunNext(time))
            {
                return isReached();
            }

            if (_world.Scheduler.Steps % StepsBetweenFullChecks == 0)
            {
                _world.Observer.RequireAll();
            }
        }

        return true;
    }

    private SimulationResult Result(Exception? exception)
    {
        var invariant = exception switch
        {
            null => null,
            InvariantBrokenException broken => broken.Invariant,
            _ => "no-exception",
        };
        return new SimulationResult(
            _world.Plan.Seed, exception is null ? null : Report(invariant!, exception), invariant, _world.Trace.Hash,
            _world.Scheduler.Steps, _world.Scheduler.Now, _world.Observer.Log.LastIndex,
            [.. _clients.Select(client => client.Operations)], _world.Counters);
    }

    private string Report(string invariant, Exception exception)
    {
        var plan = _world.Plan;
        var head = $"SIM FAIL {invariant} seed={plan.Seed} step={_world.Scheduler.Steps} "
            + $"t={_world.Scheduler.Now / 1000}ms ; repeat: scripts/simulate.sh --seeds 1 --seed {plan.Seed} "
            + $"--seconds {plan.FaultTime / 1_000_000}";
        var text = exception is InvariantBrokenException ? exception.Message : exception.ToString();
        return string.Join(Environment.NewLine,
            [head, text, $"{plan.Nodes} nodes, {plan.Clients} clients, faults: {plan.Faults}",
                .. _nodes.Select(Describe), .. _world.Trace.Last(30)]);
    }

    private static string Describe(SimulatedNode node)
    {
        if (!node.IsInstalled || node.IsLost)
        {
            return $"{node.Id} {(node.IsLost ? "has lost its disk" : "never joined")}";
        }

        if (!node.IsRunning)
        {
            return $"{node.Id} is down";
        }

        var raft = node.Replica.Raft;
        var voters = raft.Membership.Members.Where(member => member.IsVoter).Select(member => member.Id.Value);
        return $"{node.Id} {raft.Role} of {raft.Leader} in term {raft.HardState.Term}, {raft.Wholeness}, log "
            + $"{raft.Log.FirstIndex} to {raft.Log.LastIndex}, commit {raft.CommitIndex}, "
            + $"applied {node.Replica.AppliedIndex}, durable "
            + $"{node.Image.LastIndex}, voters {string.Join('+', voters)} of {raft.MembershipIndex}"
            + (node.IsPaused ? ", paused" : "");
    }
}
