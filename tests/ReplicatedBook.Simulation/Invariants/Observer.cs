using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>Stands outside of the nodes, sees what they do, and says when a promise is broken (RELIABILITY
/// 5.1).</summary>
internal sealed partial class Observer
{
    private readonly World _world;
    private readonly ElectionWatch _elections = new();
    private readonly Dictionary<(long Index, long Term), (LogEntry Entry, long? PreviousTerm)> _known = [];
    private readonly Dictionary<long, ulong> _snapshots = [];
    private readonly Dictionary<long, ulong> _states = [];
    private readonly ArrayBufferWriter<byte> _scratch = new(1 << 15);
    private NodeWatch[] _watches = [];

    /// <summary>Sees nothing until <see cref="Watch"/>.</summary>
    public Observer(World world)
    {
        _world = world;
        Log = new CommittedLog(world);
        History = new ClientHistory(world);
        Counts = new CounterHistory(world);
    }

    /// <summary>All nodes.</summary>
    public IReadOnlyList<SimulatedNode> Nodes { get; private set; } = [];

    /// <summary>What was committed.</summary>
    public CommittedLog Log { get; }

    /// <summary>What clients asked and were told.</summary>
    public ClientHistory History { get; }

    /// <summary>What clients did to balances that only count.</summary>
    public CounterHistory Counts { get; }

    /// <summary>A machine that a client may know.</summary>
    /// <param name="chance">Decides which.</param>
    /// <param name="except">Number of one that is not meant, where there is another; 0 for none.</param>
    public SimulatedNode Pick(RandomStream chance, int except = 0)
    {
        var start = chance.Position(Nodes.Count);
        for (var i = 0; i < Nodes.Count; i++)
        {
            var node = Nodes[(start + i) % Nodes.Count];
            if (node.IsInstalled && !node.IsLost && node.Number != except)
            {
                return node;
            }
        }

        return Nodes[start];
    }

    /// <summary>Tells who there is.</summary>
    public void Watch(IReadOnlyList<SimulatedNode> nodes)
    {
        Nodes = nodes;
        _watches = [.. nodes.Select(_ => new NodeWatch())];
    }

    /// <summary>A node has started from its disk.</summary>
    public void Started(SimulatedNode node, RecoveredState recovered)
    {
        var (watch, raft) = (WatchOf(node), node.Replica.Raft);
        Require(raft.HardState.Term >= node.Image.HardState.Term, "terms-grow", () => $"{node.Id} forgot its term");
        watch.Asked.Restart(recovered);
        (watch.Start, watch.Term, watch.Role) = (node.Start, raft.HardState.Term, raft.Role);
        (watch.CommitIndex, watch.AppliedIndex) = (raft.CommitIndex, recovered.Snapshot.Index);
        foreach (var entry in recovered.Entries)
        {
            RequireMatches(node, entry, previousTerm: null);
        }

        if (recovered.Snapshot.Index > 0)
        {
            RequireKnownSnapshot(node, recovered.Snapshot);
        }

        NoteApplied(node, watch);
    }

    /// <summary>A node asks for something to be written.</summary>
    public void WriteAsked(SimulatedNode node, PersistBatch batch)
    {
        var asked = WatchOf(node).Asked;
        _world.Counters.Count(Sometimes.EntriesTruncated, batch.TruncateFrom > 0 ? 1 : 0);
        _world.Counters.Count(Sometimes.LogsReset, batch.ResetTo is not null ? 1 : 0);
        asked.Apply(batch);
        foreach (var entry in batch.Entries)
        {
            RequireMatches(node, entry, asked.TermAt(entry.Index - 1));
            MembershipWatch.Written(_world, node, in entry);
            if (entry.Kind == EntryKind.Configuration)
            {
                Log.Proposed(in entry);
            }
        }
    }

    /// <summary>A message is about to leave.</summary>
    public void Sending(SimulatedNode node, RaftMessage message)
    {
        _elections.Sending(node, message);
        switch (message)
        {
            case AppendEntries or InstallSnapshot:
                RequireDurableTerm(node, message);
                break;
            case AppendEntriesReply { IsSuccess: true } reply when reply.Term == node.Replica.Raft.HardState.Term:
                // One of an earlier term was true when it was written; the same write may have truncated it again.
                RequireDurableTerm(node, message);
                RequireDurableUntil(node, reply.MatchIndex, "acknowledges");
                break;
            case TimeoutNow:
                RequireCaughtUp(node, message);
                break;
            case InstallSnapshotReply { IsInstalled: true } reply:
                RequireDurableTerm(node, message);
                RequireDurableUntil(node, reply.Mark.Index, "has installed");
                break;
        }
    }

    /// <summary>A node wants a snapshot saved: equal bytes for equal positions, whoever wrote them.</summary>
    public void SnapshotWanted(SimulatedNode node, SnapshotContent snapshot)
    {
        _world.Counters.Count(Sometimes.SnapshotsTaken);
        RequireKnownSnapshot(node, snapshot.Mark);
        var hash = Fingerprint.Of(snapshot.Bytes.ToArray());
        if (_snapshots.TryAdd(snapshot.Mark.Index, hash))
        {
            if (Log.LastIndex != snapshot.Mark.Index)
            {
                return;
            }

            _scratch.ResetWrittenCount();
            Log.State.Write(_scratch);
            _snapshots[snapshot.Mark.Index] = Fingerprint.Of(_scratch.WrittenSpan);
        }

        _world.Counters.Count(Sometimes.SnapshotsCompared);
        Require(hash == _snapshots[snapshot.Mark.Index], "equal-snapshots",
            () => $"{node.Id} has another snapshot of {snapshot.Mark} than the cluster");
    }

    /// <summary>A node has taken a turn.</summary>
    public void TurnTaken(SimulatedNode node)
    {
        var (watch, raft) = (WatchOf(node), node.Replica.Raft);
        Require(raft.HardState.Term >= watch.Term, "terms-grow",
            () => $"{node.Id}: {watch.Term} to {raft.HardState.Term}");
        Require(raft.CommitIndex >= watch.CommitIndex, "commit-grows",
            () => $"{node.Id}: {watch.CommitIndex} to {raft.CommitIndex}");
        Require(node.Replica.AppliedIndex >= watch.AppliedIndex, "applied-grows",
            () => $"{node.Id}: {watch.AppliedIndex} to {node.Replica.AppliedIndex}");
        RequireWithinLimits(node);
        Require(raft.Contradictions == 0, "no-contradictions", () => $"{node.Id} was told what cannot be");
        Require(node.Replica.Divergence is null && node.Replica.DigestMismatches == 0, "no-false-divergence",
            () => $"{node.Id} takes itself or others for divergent: {node.Replica.Divergence?.Cause}");
        Require(raft.IgnoredMessages == 0, "no-senseless-messages", () => $"{node.Id} ignored a peer's message");
        if (node.Replica.HeldBackBy.Any(id => Nodes[Plan.SimulationPlan.NumberOf(id) - 1].SupportedLevel
            < node.SupportedLevel))
        {
            _world.Counters.Count(Sometimes.FeatureLevelsHeldBack);
        }

        if (raft.Role == Role.Leader && _elections.Leads(node, raft.HardState.Term))
        {
            _world.Counters.Count(Sometimes.ElectionsWon);
            _world.Counters.Count(Sometimes.LeadRegainedWithProposalsWaiting, node.WaitingProposals > 0 ? 1 : 0);
            _world.Trace.Note(TraceKind.BecameLeader, node.Number, raft.HardState.Term, raft.Log.LastIndex);
            RequireComplete(node);
            MembershipWatch.Elected(node);
            _world.LeaderElected?.Invoke(node);
        }

        var hasLostLead = watch.Role == Role.Leader && raft.Role != Role.Leader && node.WaitingProposals > 0;
        _world.Counters.Count(Sometimes.LeadLostWithProposalsWaiting, hasLostLead ? 1 : 0);
        NoteApplied(node, watch);
        (watch.Term, watch.Role, watch.CommitIndex) = (raft.HardState.Term, raft.Role, raft.CommitIndex);
    }

    /// <summary>A node has answered a weak read; it never goes back, restarts included (RELIABILITY P4).</summary>
    public void WeakReadAnswered(SimulatedNode node, long index)
    {
        var watch = WatchOf(node);
        Require(index >= watch.WeakReadIndex, "weak-reads-never-go-back",
            () => $"{node.Id} answered at {watch.WeakReadIndex}, then at {index}");
        watch.WeakReadIndex = index;
    }

    /// <summary>Hands all that a node applied since the last look to the committed log.</summary>
    private void NoteApplied(SimulatedNode node, NodeWatch watch)
    {
        var (replica, log) = (node.Replica, node.Replica.Raft.Log);
        for (var index = watch.AppliedIndex + 1; index <= replica.AppliedIndex; index++)
        {
            if (index >= log.FirstIndex)
            {
                Log.Applied(node, log.EntryAt(index), replica.Records.At(index)?.Digest, Nodes);
            }
            else if (index == replica.AppliedIndex || index == log.FirstIndex - 1)
            {
                _world.Counters.Count(Sometimes.SnapshotsInstalled);
            }
        }

        Require(replica.AppliedIndex <= Log.LastIndex, "snapshots-are-committed",
            () => $"{node.Id} is at {replica.AppliedIndex}, the cluster at {Log.LastIndex}");
        Require(replica.Digest == Log.DigestAt(replica.AppliedIndex), "equal-digests",
            () => $"{node.Id} has {replica.Digest.Prefix} at {replica.AppliedIndex}");
        watch.AppliedIndex = replica.AppliedIndex;
    }

    private void RequireMatches(SimulatedNode node, in LogEntry entry, long? previousTerm)
    {
        var (key, held) = ((entry.Index, entry.Term), entry);
        if (!_known.TryGetValue(key, out var known))
        {
            _known.Add(key, (entry, previousTerm));
            return;
        }

        Require(CommittedLog.IsSame(known.Entry, held), "log-matching",
            () => $"{node.Id} has another entry {held.Index} of term {held.Term} than was seen before");
        var before = known.PreviousTerm;
        Require(before is null || previousTerm is null || before == previousTerm, "log-matching",
            () => $"{node.Id} has entry {held.Index} of term {held.Term} after term {previousTerm}, not {before}");
        _known[key] = (known.Entry, before ?? previousTerm);
    }

    /// <summary>A new leader holds all that was committed before its term (Raft paper, 5.4.3).</summary>
    private void RequireComplete(SimulatedNode node)
    {
        var raft = node.Replica.Raft;
        var index = Log.LastCommittedBefore(raft.HardState.Term);
        Require(index <= raft.Log.Snapshot.Index || raft.Log.TermAt(index) == Log.EntryAt(index).Term,
            "leaders-are-complete",
            () => $"{node.Id} leads term {raft.HardState.Term} without committed entry {index}");
    }

    private void RequireKnownSnapshot(SimulatedNode node, SnapshotMark mark) => Require(
        mark.Index <= Log.LastIndex && Log.EntryAt(mark.Index).Term == mark.Term, "snapshots-are-committed",
        () => $"{node.Id} has a snapshot of {mark}, the cluster is at {Log.LastIndex}");

    /// <summary>Leadership is handed to nobody who could not win (Ongaro 2014, 3.10).</summary>
    private void RequireCaughtUp(SimulatedNode node, RaftMessage message)
    {
        var target = Nodes[Plan.SimulationPlan.NumberOf(message.To) - 1].Image;
        var last = node.Replica.Raft.Log.LastIndex;
        Require(
            // A node that was held may give a hand-over up, and propose again, in the turn in which it began it.
            node.Replica.Raft.TransferTarget is null
            || target.HardState.Term > message.Term || target.LastIndex >= last
            || target.Holds(last, node.Replica.Raft.Log.TermAt(last) ?? 0), // Or did, until damage took it just now.
            "transfers-are-caught-up",
            () => $"{node.Id} has entries until {last} and hands over to {message.To}, which has {target.LastIndex}");
    }

    private static void RequireDurableTerm(SimulatedNode node, RaftMessage message) => Require(
        node.Image.HardState.Term >= message.Term, "durable-before-send",
        () => $"{node.Id} speaks in term {message.Term}, its disk holds {node.Image.HardState}");

    private static void RequireDurableUntil(SimulatedNode node, long index, string does) => Require(
        index <= node.Image.LastIndex || index <= node.Image.Snapshot.Index, "durable-before-send",
        () => $"{node.Id} {does} {index}, its disk holds {node.Image.LastIndex} and {node.Image.Snapshot}");

    private NodeWatch WatchOf(SimulatedNode node) => _watches[node.Number - 1];

    private static void Require(bool isKept, string invariant, Func<string> what) =>
        InvariantBrokenException.Require(isKept, invariant, what);
}
