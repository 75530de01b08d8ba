using System.Buffers;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;

namespace ReplicatedBook.Replication.Tests.Storage.Golden;

/// <summary>One life of a data directory, always the same: elections, a truncation, snapshots, a release, several
/// segments.</summary>
internal static class GoldenDirectory
{
    public const long SegmentBytes = 1024;

    public static StorageIdentity Identity { get; } = new("golden", "n1");

    public static StorageOptions Options { get; } = new() { SegmentBytes = SegmentBytes };

    public static Membership Members { get; } = Membership.OfVoters([new("n1"), new("n2"), new("n3")]);

    /// <summary>Term and vote at the end.</summary>
    public static HardState HardState { get; } = new(4, new NodeId("n2"));

    public static SnapshotMark Newest { get; } = new(16, 1);

    public static SnapshotMark Older { get; } = new(8, 1);

    public const long CommitIndex = 27;

    /// <summary>The log at the end, from its first entry.</summary>
    public static IReadOnlyList<LogEntry> Entries { get; } =
        [NoOp(1, 1), .. Commands(2, 23, 1), NoOp(24, 3), .. Commands(25, 30, 3)];

    /// <summary>Writes it into an empty directory.</summary>
    public static void Write(IDisk disk, string path)
    {
        using var storage = ReplicaStorage.Open(disk, path, Identity, Options, out _);
        var applier = new Applier(ReplicaState.Empty(new ExchangeLimits()), null, null);
        var sequence = 0L;
        void Put(PersistBatch batch) => storage.Write([batch with { Sequence = ++sequence }]);

        Put(Batch() with { HardState = new HardState(1, new NodeId("n3")) });
        Put(Batch() with { Entries = Range(1, 12), CommitIndex = 8 });
        Save(storage, applier, Older);
        Put(Batch() with { Entries = Range(13, 20), CommitIndex = 16 });
        Save(storage, applier, Newest);
        Put(Batch() with { Entries = [.. Range(21, 23), .. Commands(24, 26, 1)], ReleaseBefore = Older.Index + 1 });
        Put(Batch() with { HardState = new HardState(3, null), TruncateFrom = 24, Entries = Range(24, 28) });
        Put(Batch() with { Entries = Range(29, 30), CommitIndex = CommitIndex });
        Put(Batch() with { HardState = HardState });
    }

    /// <summary>A replica over what was found; all that is committed is applied.</summary>
    public static Replica Replay(RecoveredState found) => new(
        new ReplicaOptions
        {
            Raft = new RaftConfig { Id = new("n1"), Seed = 1 },
            Bootstrap = Members,
        },
        found, monotonic: 0, wall: 1);

    private static PersistBatch Batch() => new() { Sequence = 0 };

    private static LogEntry[] Range(int first, int last) => [.. Entries.Skip(first - 1).Take(last - first + 1)];

    private static void Save(ReplicaStorage storage, Applier applier, SnapshotMark mark)
    {
        while (applier.AppliedIndex < mark.Index)
        {
            applier.Apply(Entries[(int)applier.AppliedIndex], wantsResult: false);
        }

        var content = new ArrayBufferWriter<byte>();
        new ReplicaState(mark, applier.Digest, applier.Exchange, Members).Write(content);
        storage.SaveSnapshot(mark, content.WrittenMemory);
    }

    private static LogEntry NoOp(long index, long term) => new(index, term, EntryKind.NoOp, default);

    private static LogEntry[] Commands(int first, int last, long term) =>
    [
        .. Enumerable.Range(first, last - first + 1).Select(index => new LogEntry(
            index, term, EntryKind.Command,
            EntryPayload.Create(
                new Timestamp(1_700_000_000_000_000 + (index * 1000)),
                Port.Commands.CreateAsset($"ASSET-{index}-{term}", index % 12), new ByteArena()))),
    ];
}
