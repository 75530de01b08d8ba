using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Replication;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Clients;

/// <summary>One request, sent as often and to as many nodes as it takes to learn what became of it, or until its client
/// gives up.</summary>
internal sealed class RequestUnderWay(World world, SimulatedClient client, ClientRequest request, bool isRepeat)
{
    private readonly string _name = request.Group.Key.ToString();
    private readonly long _number = world.Observer.History.NextNumber(client.Number);
    private int _attempt; // An answer to an earlier one comes too late.
    private int _tries;
    private int _patience; // Who always gives up before a slow majority can answer never hears from it.
    private readonly long _begun = world.Scheduler.Now;
    private bool _isOver;

    /// <summary>Sends it for the first time.</summary>
    public void Begin()
    {
        client.Started(_name);
        Try();
    }

    private void Try()
    {
        var chance = client.Draw("attempt", (_number << 16) + _tries++);
        var isFaulty = world.Plan.Has(FaultClass.ClientFaults) && !world.IsHealthy;
        if (isFaulty && client.MayGiveUp && _tries > 3 && chance.Chance(100))
        {
            world.Counters.Count(Sometimes.RequestsGivenUp);
            End(null);
            return;
        }

        var attempt = ++_attempt;
        Send(client.Target, attempt, chance);
        if (isFaulty && chance.Chance(50))
        {
            Send(world.Observer.Pick(chance).Number, attempt, chance); // To two at once.
        }

        // Who waits ever longer must not wait for the same silent node each time.
        var next = world.Observer.Pick(chance, except: client.Target).Number;
        world.Scheduler.After(world.Plan.ClientTimeout << _patience, () =>
        {
            if (!_isOver && _attempt == attempt)
            {
                world.Counters.Count(Sometimes.ProposalsTimedOut);
                _patience += world.IsHealthy ? 1 : 0;
                client.Target = next;
                Try();
            }
        });
    }

    private void Send(int target, int attempt, RandomStream chance)
    {
        world.Observer.History.Sent(request);
        world.Trace.Note(TraceKind.Request, target, client.Number, attempt, request.Group.Key);
        var there = chance.Between(10, world.Plan.NetworkDelay);
        var back = chance.Between(10, world.Plan.NetworkDelay);
        var isLost = !world.IsHealthy && world.Plan.Has(FaultClass.ClientFaults) && chance.Chance(50);
        var node = world.Observer.Nodes[target - 1];
        world.Scheduler.After(there, () => node.Propose(request.Command, answer =>
        {
            world.Observer.History.Answered(request, node, answer);
            world.Trace.Note(TraceKind.Answer, target, (long)answer.Outcome, answer.Index, request.Group.Key);
            if (!isLost)
            {
                world.Scheduler.After(back, () => Take(node, answer, attempt, chance));
            }
        }));
    }

    private void Take(SimulatedNode node, Proposal answer, int attempt, RandomStream chance)
    {
        if (_isOver || _attempt != attempt)
        {
            return;
        }

        if (answer.Outcome == ProposalOutcome.Applied)
        {
            client.Finished(request, answer);
            End(answer.Applied.Reason);
            return;
        }

        if (answer.Outcome == ProposalOutcome.NotSupported)
        {
            world.Counters.Count(Sometimes.CommandsNotSupportedYet);
            End(RejectReason.FeatureDisabled); // As long as there are older builds.
            return;
        }

        _attempt++;
        client.Target = node.IsRunning && node.Replica.Raft.Leader is { } leader && chance.Chance(800)
            ? SimulationPlan.NumberOf(leader)
            : world.Observer.Pick(chance).Number;
        world.Scheduler.After(chance.Between(world.Plan.TickInterval / 4, world.Plan.TickInterval * 4), () =>
        {
            if (!_isOver)
            {
                Try();
            }
        });
    }

    private void End(RejectReason? reason)
    {
        _isOver = true;
        if (!isRepeat && request.Counts is var (account, action))
        {
            world.Observer.Counts.Ended(client.Number, _begun, account, action, reason, request.Group);
        }

        client.Ended(_name);
    }
}
