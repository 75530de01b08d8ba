using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Simulation.Engine;
using ReplicatedBook.Simulation.Nodes;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Invariants;

/// <summary>Every entry that any node ever applied, for ever, and an exchange of its own that applied them all from
/// the start.</summary>
internal sealed class CommittedLog
{
    private readonly World _world;
    private readonly List<LogEntry> _entries = [];
    private readonly List<Digest> _digests = [default];
    private readonly List<Proposal> _answers = [];
    private readonly List<long> _committedUntilTerm = []; // The entry was committed in this term or an earlier one.
    private readonly List<ulong> _events = [];
    private readonly EventFeed _feed = new(maxEntries: 2, maxBytes: 1 << 20);
    private readonly List<(long Index, Consensus.Membership Membership)> _proposed = []; // After the last committed.
    private readonly Applier _applier;
    private Consensus.Membership _membership;

    /// <summary>Nothing is committed yet.</summary>
    public CommittedLog(World world)
    {
        _world = world;
        _membership = world.Plan.Founders;
        _applier = new Applier(ReplicaState.Empty(world.Plan.Replica.Limits), records: null, _feed);
    }

    /// <summary>Who belongs to the cluster by the last committed entry.</summary>
    public Consensus.Membership Membership => _membership;

    /// <summary>Last entry that is known to be committed.</summary>
    public long LastIndex => _entries.Count;

    /// <summary>Feature level of the state.</summary>
    public int FeatureLevel => _applier.Exchange.FeatureLevel;

    /// <summary>Cluster time of the last committed entry, in microseconds.</summary>
    public long Now => _applier.Exchange.Now.Microseconds;

    /// <summary>The exchange after <see cref="LastIndex"/>.</summary>
    public ReplicaState State => new(
        new Consensus.SnapshotMark(LastIndex, _applier.AppliedTerm), _applier.Digest, _applier.Exchange,
        _membership);

    /// <summary>A committed entry.</summary>
    public LogEntry EntryAt(long index) => _entries[(int)index - 1];

    /// <summary>What whoever proposed the entry must be told.</summary>
    public Proposal AnswerAt(long index) => _answers[(int)index - 1];

    /// <summary>Fingerprint of an entry's events; 0 when it has none.</summary>
    public ulong EventsAt(long index) => _events[(int)index - 1];

    /// <summary>Running digest after an entry.</summary>
    public Digest DigestAt(long index) => _digests[(int)index];

    /// <summary>The last entry that was surely committed before a term began; 0 when there is none.</summary>
    public long LastCommittedBefore(long term)
    {
        var index = LastIndex;
        while (index > 0 && _committedUntilTerm[(int)index - 1] >= term)
        {
            index--;
        }

        return index;
    }

    /// <summary>A node puts a membership into its log, whatever becomes of it.</summary>
    public void Proposed(in LogEntry entry)
    {
        if (entry.Index > LastIndex)
        {
            _proposed.Add((entry.Index, Consensus.Membership.Read(entry.Payload.Span)!));
        }
    }

    /// <summary>A node has applied an entry: the same as everybody else at this index, or the next for all.</summary>
    /// <param name="node">Which node.</param>
    /// <param name="entry">What it applied.</param>
    /// <param name="digest">Its digest afterwards; null when it is no longer kept.</param>
    /// <param name="images">What is durable on every node, running or not.</param>
    public void Applied(SimulatedNode node, in LogEntry entry, Digest? digest, IReadOnlyList<SimulatedNode> images)
    {
        if (entry.Index == LastIndex + 1)
        {
            Append(node, entry, images);
        }

        var (known, applied) = (EntryAt(entry.Index), entry);
        InvariantBrokenException.Require(
            IsSame(known, applied),
            "committed-entries-stay",
            () => $"{node.Id} applied another entry at {applied.Index} (term {applied.Term}) than the cluster "
                + $"(term {known.Term})");
        InvariantBrokenException.Require(
            digest is null || digest == DigestAt(entry.Index),
            "equal-digests",
            () => $"{node.Id} has digest {digest?.Prefix} at {applied.Index}, the cluster "
                + DigestAt(applied.Index).Prefix);
    }

    /// <summary>Equal index, term and content.</summary>
    public static bool IsSame(in LogEntry one, in LogEntry other) =>
        one.Index == other.Index && one.Term == other.Term && one.Kind == other.Kind
        && one.Payload.Span.SequenceEqual(other.Payload.Span);

    private static bool IsOnMajority(
        LogEntry entry, Consensus.Membership membership, IReadOnlyList<SimulatedNode> images) =>
        images.Count(other => membership.IsVoter(other.Id) && other.Image.Holds(entry.Index, entry.Term))
            > membership.VoterCount / 2;

    private void Append(SimulatedNode node, LogEntry entry, IReadOnlyList<SimulatedNode> images)
    {
        // Whoever committed it may have counted by this membership, or by one that a later entry made, on this node or
        // on its leader; that entry may have been taken back since, even within the same turn.
        var raft = node.Replica.Raft;
        InvariantBrokenException.Require(
            IsOnMajority(entry, _membership, images) || IsOnMajority(entry, raft.MembershipAt(entry.Index), images)
                || _proposed.Any(later => IsOnMajority(entry, later.Membership, images))
                || node.MembershipsOfTurn.Any(membership => IsOnMajority(entry, membership, images)),
            "committed-on-majority",
            () => $"{node.Id} applied entry {entry.Index} of term {entry.Term}, durable on "
                + string.Join(", ", images.Where(other => other.Image.Holds(entry.Index, entry.Term))
                    .Select(other => other.Id)));
        var (level, records) = (FeatureLevel, _applier.Exchange.LastAuditRecord);
        var answer = _applier.Apply(entry, wantsResult: true);
        _entries.Add(entry);
        if (entry.Kind == EntryKind.Configuration)
        {
            _proposed.RemoveAll(later => later.Index <= entry.Index);
            _membership = Consensus.Membership.Read(entry.Payload.Span)!;
        }

        _answers.Add(answer);
        _digests.Add(_applier.Digest);
        _feed.Publish(entry.Index);
        _events.Add(_feed.Read(entry.Index, 1)?.Entries is [var last] ? Fingerprint.Of(last.Events.Span) : 0);
        _committedUntilTerm.Add(node.Replica.Raft.HardState.Term);
        if (entry.Kind == EntryKind.Command && EntryPayload.TryRead(entry.Payload.Span, out _, out var command))
        {
            var left = AuditWatch.Require(command, answer, level, records, _applier.Exchange);
            _world.Counters.Count(Sometimes.AuditRecords, left);
            Note(command, answer);
        }
    }

    private void Note(ReadOnlySpan<byte> command, Proposal answer)
    {
        if (FeatureLevels.TryReadTarget(command, out var level))
        {
            var old = _world.Observer.Nodes.FirstOrDefault(other =>
                other.SupportedLevel < level && _membership.Find(other.Id) is not null);
            InvariantBrokenException.Require(old is null, "levels-are-supported",
                () => $"level {level} is committed, {old!.Id} supports {old.SupportedLevel} only");
            _world.Counters.Count(Sometimes.FeatureLevelsRaised);
        }
        else if (CommandCodec.KindOf(command) == CommandKind.Tick)
        {
            _world.Counters.Count(Sometimes.TicksCommitted);
        }
        else
        {
            _world.Observer.History.Committed(command, answer);
        }
    }
}
