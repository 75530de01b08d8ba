using System.Security.Cryptography;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <content>Checks that are too dear for every event.</content>
internal sealed partial class Observer
{
    /// <summary>Money is conserved, states at one index are equal, and disks hold what was promised.</summary>
    public void RequireAll()
    {
        foreach (var node in Nodes)
        {
            if (node.IsRunning)
            {
                RequireConserved(node.Replica.Exchange, node.Id.Value);
                RequireEqualState(node);
                CountAgreement(node);
            }
        }

        Nodes[(int)(_world.Scheduler.Steps % Nodes.Count)].RequireDurable();
    }

    /// <summary>After faults have ended and all is answered: all nodes are where the cluster is.</summary>
    public void RequireEqualEnds()
    {
        var own = StateHash(Log.State.Exchange);
        foreach (var node in Nodes)
        {
            Require(node.Replica.AppliedIndex == Log.LastIndex, "equal-ends",
                () => $"{node.Id} is at {node.Replica.AppliedIndex}, the cluster at {Log.LastIndex}");
            Require(StateHash(node.Replica.Exchange).AsSpan().SequenceEqual(own), "equal-states",
                () => $"{node.Id} at {Log.LastIndex} differs from an exchange that applied every entry");
            node.RequireDurable();
        }

        RequireConserved(Log.State.Exchange, "the cluster");
        History.RequireComplete();
    }

    private static void RequireConserved(Matching.Exchange exchange, string where)
    {
        foreach (var asset in exchange.Conservation())
        {
            Require(asset.Deposits.Units - asset.Withdrawals.Units == asset.Balances.Units + asset.Fees.Units,
                "money-is-conserved", () => $"{where} at {exchange.AppliedIndex}: {asset}");
        }
    }

    private void CountAgreement(SimulatedNode node)
    {
        foreach (var peer in node.Replica.Agreement.Peers)
        {
            _world.Counters.Count(Sometimes.PeersFoundToAgree, peer.Digests.AgreedIndex > 0 ? 1 : 0);
            _world.Counters.Count(Sometimes.PeersFoundToHashAlike, peer.States.AgreedIndex > 0 ? 1 : 0);
        }
    }

    private void RequireEqualState(SimulatedNode node)
    {
        var index = node.Replica.AppliedIndex;
        var hash = StateHash(node.Replica.Exchange);
        if (!_stateHashes.TryGetValue(index, out var known))
        {
            _stateHashes[index] = known = index == Log.LastIndex ? StateHash(Log.State.Exchange) : hash;
        }

        _world.Counters.Count(Sometimes.StateHashesCompared);
        Require(hash.AsSpan().SequenceEqual(known), "equal-states", () => $"{node.Id} at {index}");
    }

    private static byte[] StateHash(Matching.Exchange exchange)
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        exchange.StateHash(hash);
        return hash;
    }
}
