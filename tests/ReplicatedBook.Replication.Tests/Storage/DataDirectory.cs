using System.Buffers;
using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>What tests need to open a data directory and to write to it in few words.</summary>
internal static class DataDirectory
{
    public const string Path = "/data";

    public static StorageIdentity Identity { get; } = new("test-cluster", "n1");

    public static string File(string name) => System.IO.Path.Combine(Path, name);

    public static string Segment(long sequence) => File(FileNames.Segment(sequence));

    public static string Snapshot(long index, long term) => File(FileNames.Snapshot(new SnapshotMark(index, term)));

    public static ReplicaStorage Open(IDisk disk, out RecoveredState recovered, long segmentBytes = 64 << 10) =>
        ReplicaStorage.Open(disk, Path, Identity, new StorageOptions { SegmentBytes = segmentBytes }, out recovered);

    public static ReplicaStorage Open(IDisk disk, long segmentBytes = 64 << 10) => Open(disk, out _, segmentBytes);

    public static ReplicaStorage OpenReal(string path, out RecoveredState recovered) =>
        ReplicaStorage.Open(
            new DurableDisk(), path, Identity, new StorageOptions { SegmentBytes = 1 << 20 }, out recovered);

    public static ReplicaStorage OpenReal(string path) => OpenReal(path, out _);

    /// <summary>Opens, closes, and tells what was found.</summary>
    public static RecoveredState Recover(IDisk disk, long segmentBytes = 64 << 10)
    {
        using var storage = Open(disk, out var recovered, segmentBytes);
        return recovered;
    }

    public static LogEntry Entry(long index, long term = 1, string? text = null) =>
        new(index, term, EntryKind.Command, Encoding.ASCII.GetBytes(text ?? $"entry {index} of term {term}"));

    public static LogEntry[] Entries(long first, long last, long term = 1) =>
        [.. Enumerable.Range((int)first, (int)(last - first + 1)).Select(index => Entry(index, term))];

    public static void Vote(this ReplicaStorage storage, long term, string? candidate = null)
    {
        NodeId? vote = candidate is null ? null : new NodeId(candidate);
        storage.Write([new PersistBatch { Sequence = 1, HardState = new HardState(term, vote) }]);
    }

    public static void Append(this ReplicaStorage storage, params LogEntry[] entries) =>
        storage.Write([new PersistBatch { Sequence = 1, Entries = entries }]);

    public static void Append(this ReplicaStorage storage, long commitIndex, params LogEntry[] entries) =>
        storage.Write([new PersistBatch { Sequence = 1, Entries = entries, CommitIndex = commitIndex }]);

    public static void SaveSnapshot(this ReplicaStorage storage, SnapshotMark mark, ReadOnlyMemory<byte> content) =>
        storage.SaveSnapshot(mark, new ReadOnlySequence<byte>(content));

    public static void AssertEntries(IReadOnlyList<LogEntry> expected, IReadOnlyList<LogEntry> actual) =>
        Assert.Equal(expected.Select(Describe), actual.Select(Describe));

    public static string Describe(LogEntry entry) =>
        $"{entry.Index}/{entry.Term}/{entry.Kind}/{Convert.ToHexString(entry.Payload.Span)}";
}
