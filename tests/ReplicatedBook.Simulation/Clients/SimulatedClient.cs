using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>Makes one request after another, each as often and at as many nodes as it takes to learn what became of
/// it.</summary>
internal sealed class SimulatedClient
{
    private const int PreparationSteps = 3;
    private readonly World _world;
    private readonly Market _market;
    private readonly int _number;
    private readonly Workload _workload;
    private readonly List<ClientRequest> _finished = [];
    private int _preparation;
    private int _opening;
    private long _draws;
    private long _attempt; // Of the present request; an answer to an earlier one comes too late.
    private int _target;

    /// <summary>A client that does nothing until <see cref="Begin"/>.</summary>
    public SimulatedClient(World world, Market market, int number)
    {
        _world = world;
        _market = market;
        _number = number;
        _workload = new Workload(number);
        _target = 1 + (number % world.Plan.Nodes);
    }

    /// <summary>Whether it has nothing under way and makes no more requests.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What it waits for, for people.</summary>
    public string Waiting { get; private set; } = "";

    /// <summary>Begins with its first request.</summary>
    public void Begin() => After(Draw().Between(0, _world.Plan.ThinkTime), Next);

    private void Next()
    {
        var chance = Draw();
        Waiting = "";
        if (_number == 1 && _preparation < PreparationSteps)
        {
            Ask(_workload.Preparation(_preparation++));
        }
        else if (_market.PreparedSteps < PreparationSteps)
        {
            After(20_000, Next);
        }
        else if (_opening < PreparationSteps)
        {
            Ask(_workload.Opening(_opening++));
        }
        else if (_world.IsHealthy && _finished.Count > PreparationSteps)
        {
            IsDone = true;
        }
        else
        {
            Trade(chance);
        }
    }

    private void Trade(RandomStream chance)
    {
        var kind = chance.Number(0, 99);
        var isFaulty = _world.Plan.Has(FaultClass.ClientFaults);
        if (kind < 8)
        {
            ReadStrong(++_attempt, tries: 0);
        }
        else if (kind < 16)
        {
            ReadWeak(chance);
        }
        else if (kind < 19 && isFaulty)
        {
            Ask(_finished[chance.Position(_finished.Count)], isRepeat: true);
        }
        else if (kind < 21 && isFaulty && _finished.FindLast(request => !request.IsForeign) is { } last)
        {
            Ask(_workload.WithKeyOf(last));
        }
        else
        {
            Ask(_workload.Trading(chance));
        }
    }

    private void Ask(ClientRequest request, bool isRepeat = false)
    {
        if (!isRepeat)
        {
            _world.Observer.History.Begin(request);
        }

        Waiting = request.Group.Key.ToString();
        var mayGiveUp = _opening >= PreparationSteps && _finished.Count > PreparationSteps;
        Try(request, tries: 0, mayGiveUp);
    }

    private void Try(ClientRequest request, int tries, bool mayGiveUp)
    {
        var chance = Draw();
        var isFaulty = _world.Plan.Has(FaultClass.ClientFaults) && !_world.IsHealthy;
        if (isFaulty && mayGiveUp && tries > 2 && chance.Chance(100))
        {
            _attempt++; // An answer comes too late from now on.
            _world.Counters.Count(Sometimes.RequestsGivenUp);
            Pause();
            return;
        }

        var attempt = ++_attempt;
        Send(request, _target, attempt, tries, mayGiveUp, chance);
        if (isFaulty && chance.Chance(50))
        {
            Send(request, 1 + chance.Position(_world.Plan.Nodes), attempt, tries, mayGiveUp, chance); // To two at once.
        }

        After(_world.Plan.ClientTimeout, () =>
        {
            if (_attempt == attempt)
            {
                _world.Counters.Count(Sometimes.ProposalsTimedOut);
                _target = 1 + Draw().Position(_world.Plan.Nodes);
                Try(request, tries + 1, mayGiveUp);
            }
        });
    }

    private void Send(ClientRequest request, int target, long attempt, int tries, bool mayGiveUp, RandomStream chance)
    {
        _world.Observer.History.Sent(request);
        _world.Trace.Note(TraceKind.Request, target, _number, attempt, request.Group.Key);
        var there = chance.Between(10, _world.Plan.NetworkDelay);
        var back = chance.Between(10, _world.Plan.NetworkDelay);
        var isLost = !_world.IsHealthy && _world.Plan.Has(FaultClass.ClientFaults) && chance.Chance(50);
        var node = _world.Observer.Nodes[target - 1];
        After(there, () => node.Propose(request.Command, answer =>
        {
            _world.Observer.History.Answered(request, node, answer);
            _world.Trace.Note(TraceKind.Answer, target, (long)answer.Outcome, answer.Index, request.Group.Key);
            if (!isLost)
            {
                After(back, () => Take(request, node, answer, attempt, tries, mayGiveUp));
            }
        }));
    }

    private void Take(
        ClientRequest request, SimulatedNode node, Proposal answer, long attempt, int tries, bool mayGiveUp)
    {
        if (_attempt != attempt)
        {
            return;
        }

        if (answer.Outcome == ProposalOutcome.Applied)
        {
            Finish(request, answer);
            return;
        }

        _attempt++;
        _target = TargetAfter(node);
        After(Draw().Between(1_000, 50_000), () => Try(request, tries + 1, mayGiveUp));
    }

    private void Finish(ClientRequest request, Proposal answer)
    {
        _attempt++;
        request.Answer ??= answer;
        _finished.Add(request);
        var outcome = ResultCodec.Read(answer.Result.Span);
        _world.Counters.Count(Sometimes.Trades, outcome.Fills.Count);
        if (outcome.Account is { } account)
        {
            _workload.Account = account.Id;
        }

        if (_number == 1 && _market.PreparedSteps < PreparationSteps)
        {
            _market.PreparedSteps++;
        }

        Pause();
    }

    private void ReadStrong(long attempt, int tries)
    {
        Waiting = "a strong read";
        var chance = Draw();
        var node = _world.Observer.Nodes[chance.Position(_world.Plan.Nodes)];
        var seenBefore = _world.Observer.History.HighestSeen;
        After(chance.Between(10, _world.Plan.NetworkDelay), () => node.ReadStrong(index =>
        {
            _world.Trace.Note(TraceKind.ReadAnswer, node.Number, index, seenBefore);
            if (index >= 0)
            {
                _world.Observer.History.StrongReadAnswered(node, seenBefore, index);
                var isLeader = node.Replica.Raft.Role == Consensus.Role.Leader;
                _world.Counters.Count(isLeader ? Sometimes.StrongReads : Sometimes.StrongReadsOnFollowers);
            }
            else
            {
                _world.Counters.Count(Sometimes.ReadBarriersFailed);
            }

            After(chance.Between(10, _world.Plan.NetworkDelay), () => TakeRead(index, attempt, tries));
        }));
        After(_world.Plan.ClientTimeout, () => TakeRead(-1, attempt, tries));
    }

    private void TakeRead(long index, long attempt, int tries)
    {
        if (_attempt != attempt)
        {
            return;
        }

        _attempt++;
        if (index >= 0 || (tries > 5 && !_world.IsHealthy))
        {
            Pause();
        }
        else
        {
            After(Draw().Between(1_000, 50_000), () => ReadStrong(_attempt, tries + 1));
        }
    }

    private void ReadWeak(RandomStream chance)
    {
        var node = _world.Observer.Nodes[chance.Position(_world.Plan.Nodes)];
        node.ReadWeak(index =>
        {
            _world.Counters.Count(index >= 0 ? Sometimes.WeakReads : Sometimes.WeakReadsRefused);
            if (index >= 0)
            {
                _world.Observer.WeakReadAnswered(node, index);
            }
        });
        Pause();
    }

    private int TargetAfter(SimulatedNode node) =>
        node.IsRunning && node.Replica.Raft.Leader is { } leader && Draw().Chance(800)
            ? SimulationPlan.NumberOf(leader)
            : 1 + Draw().Position(_world.Plan.Nodes);

    private void Pause() => After(Draw().Between(_world.Plan.ThinkTime / 2, _world.Plan.ThinkTime * 3 / 2), Next);

    private RandomStream Draw() => _world.Chance("client", _number, ++_draws);

    private void After(long delay, Action action) => _world.Scheduler.After(delay, action);
}
