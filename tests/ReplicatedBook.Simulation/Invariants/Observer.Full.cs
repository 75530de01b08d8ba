using ReplicatedBook.Matching.Views;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <content>Checks that are too dear for every event.</content>
internal sealed partial class Observer
{
    /// <summary>One seed of so many has its history searched for an order that explains it.</summary>
    private const int SeedsPerHistory = 10;

    private int _fullChecks;

    /// <summary>One node after the other: money is conserved, states at one index are equal, and disks hold what was
    /// promised.</summary>
    public void RequireAll()
    {
        var node = Nodes[_fullChecks++ % Nodes.Count];
        if (node.IsRunning)
        {
            RequireConserved(node.Replica.Exchange, node.Id.Value);
            RequireEqualState(node);
            CountAgreement(node);
        }

        node.RequireDurable();
    }

    /// <summary>Whether a machine is there and belongs to the cluster.</summary>
    public bool IsMember(SimulatedNode node) =>
        node.IsInstalled && !node.IsLost && Log.Membership.Find(node.Id) is not null;

    /// <summary>After faults have ended and all is answered: all nodes are where the cluster is.</summary>
    public void RequireEqualEnds()
    {
        var own = StateHash(Log.State.Exchange);
        foreach (var node in Nodes.Where(IsMember))
        {
            Require(node.Replica.AppliedIndex == Log.LastIndex, "equal-ends",
                () => $"{node.Id} is at {node.Replica.AppliedIndex}, the cluster at {Log.LastIndex}");
            Require(StateHash(node.Replica.Exchange) == own, "equal-states",
                () => $"{node.Id} at {Log.LastIndex} differs from an exchange that applied every entry");
            RequireSmall(node);
            node.RequireDurable();
        }

        RequireConserved(Log.State.Exchange, "the cluster");
        History.RequireComplete();
        if (_world.Plan.Seed % SeedsPerHistory == 0)
        {
            Counts.RequireLinearizable();
        }
    }

    /// <summary>What waits to be committed is limited (RELIABILITY 5.1, I14); a few no-ops come on top.</summary>
    private void RequireWithinLimits(SimulatedNode node)
    {
        const int NoOps = 100;
        var (raft, plan) = (node.Replica.Raft, _world.Plan);
        var most = Math.Min(plan.Replica.MaxUncommittedEntries, plan.Raft.MaxUncommittedEntries);
        Require(raft.Role != Consensus.Role.Leader || raft.Log.LastIndex - raft.CommitIndex <= most + NoOps,
            "limits-are-kept",
            () => $"{node.Id} has {raft.Log.LastIndex - raft.CommitIndex} entries uncommitted, the limit is {most}");
    }

    /// <summary>Once all is quiet, logs and feeds are as small as settings ask for. The log reaches back to the older
    /// of two snapshots; one may be left out while another is being saved, so there are up to two intervals between
    /// them, and up to two after the newer, when the next is overdue.</summary>
    private void RequireSmall(SimulatedNode node)
    {
        const int Margin = 200;
        var (log, options) = (node.Replica.Raft.Log, _world.Plan.Replica);
        var most = _world.Plan.Has(Plan.FaultClass.FullDisks)
            ? long.MaxValue // A snapshot that found no room is tried again an interval later.
            : (4 * options.SnapshotEveryEntries) + (10 * options.KeepEntries) + Margin; // Ten for laggards that answer.
        Require(log.LastIndex - log.FirstIndex <= most, "limits-are-kept",
            () => $"{node.Id} keeps entries {log.FirstIndex} to {log.LastIndex}, more than {most}");
        var feed = node.Replica.Feed;
        var kept = feed.Read(feed.OldestIndex, int.MaxValue)?.Entries ?? [];
        Require(kept.Count <= options.MaxFeedEntries
                && (kept.Count < 2 || kept.Sum(entry => (long)entry.Events.Length) <= options.MaxFeedBytes),
            "limits-are-kept", () => $"{node.Id} keeps the events of {kept.Count} entries");
    }

    private static void RequireConserved(Matching.Exchange exchange, string where)
    {
        foreach (var asset in exchange.Conservation())
        {
            Require(asset.IsSound, "money-is-conserved", () => $"{where} at {exchange.AppliedIndex}: {asset}");
        }

        foreach (var market in exchange.PredictionMarkets)
        {
            Require(market.IsSound(), "money-is-conserved", () => $"{where} at {exchange.AppliedIndex}: {market}");
        }

        foreach (var market in exchange.BettingMarkets)
        {
            Require(market.IsSound, "money-is-conserved", () => $"{where} at {exchange.AppliedIndex}: {market}");
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
        if (!_states.TryGetValue(index, out var known))
        {
            _states[index] = known = index == Log.LastIndex ? StateHash(Log.State.Exchange) : hash;
        }

        _world.Counters.Count(Sometimes.StateHashesCompared);
        Require(hash == known, "equal-states", () => $"{node.Id} at {index}");
    }

    private ulong StateHash(Matching.Exchange exchange)
    {
        _scratch.ResetWrittenCount();
        exchange.WriteSnapshot(_scratch);
        return Fingerprint.Of(_scratch.WrittenSpan);
    }
}
