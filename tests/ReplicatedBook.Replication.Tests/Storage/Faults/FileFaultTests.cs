using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage.Faults;

/// <summary>The same as for the log, for every other file of a data directory (RELIABILITY 5.4).</summary>
public sealed class FileFaultTests
{
    private const long SegmentBytes = 4 << 10;
    private const int SlotBytes = HeaderBlock.Bytes;

    private static readonly HardState State = new(2, new NodeId("n2"));
    private static readonly SnapshotMark Mark = new(30, 2);
    private static readonly byte[] SnapshotContent = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];

    /// <summary>The log was reset to the snapshot, so nothing can stand in for it.</summary>
    [Fact]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void Every_fault_of_the_only_snapshot_is_damage_that_the_peers_repair()
    {
        var name = DataDirectory.Snapshot(Mark.Index, Mark.Term);
        ForEveryFault(name, (recovered, what) =>
        {
            Assert.True(recovered.Wholeness == Wholeness.Repairing, what);
            Assert.Equal(
                (State, default, 0L, 0),
                (recovered.HardState, recovered.Snapshot, recovered.CommitIndex, recovered.Entries.Count));
        });
    }

    [Fact]
    public void Every_fault_of_the_mark_of_an_unfinished_directory_keeps_it_unfinished() =>
        ForEveryFault(
            DataDirectory.File(FileNames.Wholeness),
            (recovered, what) =>
            {
                Assert.True(recovered.Wholeness == Wholeness.Repairing && recovered.Damage is null, what);
                AssertAllThere(recovered);
            },
            Directory(isWhole: false));

    [Fact]
    public void Every_fault_of_the_mark_of_what_was_synced_is_harmless() =>
        ForEveryFault(DataDirectory.File(FileNames.Synced), (recovered, what) =>
        {
            Assert.True(recovered.Wholeness == Wholeness.Whole, what);
            AssertAllThere(recovered);
        });

    [Fact]
    [Trait("Scenario", "53 stale_vote_file_rejected")]
    public void Every_fault_of_one_copy_of_term_and_vote_is_repaired_from_the_other()
    {
        var name = DataDirectory.File(FileNames.HardState);
        var whole = Directory();
        for (var slot = 0; slot <= HardStateFile.SecondSlotOffset; slot += HardStateFile.SecondSlotOffset)
        {
            for (var bit = 0; bit < 8 * SlotBytes; bit++)
            {
                var content = whole.Content(name).ToArray();
                content[slot + (bit / 8)] ^= (byte)(1 << (bit % 8));
                var disk = whole.Copy();
                disk.Put(name, content);

                var recovered = DataDirectory.Recover(disk, SegmentBytes);

                Assert.Equal((State, Wholeness.Whole), (recovered.HardState, recovered.Wholeness));
                Assert.Equal(whole.Content(name).ToArray(), disk.Content(name).ToArray());
            }
        }
    }

    [Fact]
    [Trait("Scenario", "53 stale_vote_file_rejected")]
    public void Every_fault_of_both_copies_of_term_and_vote_is_the_end_of_the_name()
    {
        var name = DataDirectory.File(FileNames.HardState);
        var whole = Directory();
        for (var bit = 0; bit < 8 * SlotBytes; bit++)
        {
            var content = whole.Content(name).ToArray();
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            content[HardStateFile.SecondSlotOffset + (bit / 8)] ^= (byte)(1 << (bit % 8));
            AssertRefused(whole, name, content);
        }

        foreach (var length in Enumerable.Range(0, SlotBytes))
        {
            AssertRefused(whole, name, whole.Content(name)[..length]);
        }
    }

    [Fact]
    public void A_file_of_another_node_or_a_later_version_is_refused_and_nothing_is_touched()
    {
        var whole = Directory(isWhole: false);
        var others = new[] { new StorageIdentity("test-cluster", "n2"), new StorageIdentity("other", "n1") };
        foreach (var name in whole.Names)
        {
            foreach (var other in others)
            {
                AssertUntouched<StorageIdentityException>(whole, name, block => Sign(block, other));
            }

            AssertUntouched<StorageVersionException>(whole, name, block =>
            {
                block[8]++;
                block.AsSpan(12, 4).Clear();
                BitConverter.TryWriteBytes(block.AsSpan(12), Checksum.Of(block));
            });
        }
    }

    /// <summary>A foreign file is seen although another file is damaged: it may be the wrong disk altogether.</summary>
    [Fact]
    public void A_foreign_segment_behind_a_damaged_one_is_refused_and_nothing_is_touched()
    {
        var whole = Directory();
        var damaged = whole.Content(DataDirectory.Segment(1)).ToArray();
        damaged[600] ^= 1;
        whole.Put(DataDirectory.Segment(1), damaged);
        AssertUntouched<StorageIdentityException>(
            whole, DataDirectory.Segment(2), block => Sign(block, new StorageIdentity("test-cluster", "n2")));
    }

    private static void ForEveryFault(string name, Action<RecoveredState, string> check, MemoryDisk? directory = null)
    {
        var whole = directory ?? Directory();
        var content = whole.Content(name).ToArray();
        void Try(ReadOnlyMemory<byte> changed, string what)
        {
            var disk = whole.Copy();
            disk.Put(name, changed);
            check(DataDirectory.Recover(disk, SegmentBytes), what);
        }

        for (var bit = 0; bit < 8 * content.Length; bit++)
        {
            content[bit / 8] ^= (byte)(1 << (bit % 8));
            Try(content.ToArray(), $"bit {bit}");
            content[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        for (var length = 0; length < content.Length; length++)
        {
            Try(content.AsMemory(0, length), $"cut at {length}");
        }

        for (var block = 0; block < content.Length; block += SlotBytes)
        {
            var size = Math.Min(SlotBytes, content.Length - block);
            var zeroed = content.ToArray();
            zeroed.AsSpan(block, size).Clear();
            Try(zeroed, $"block {block} zeroed");
            var repeated = content.ToArray();
            repeated.AsSpan(0, size).CopyTo(repeated.AsSpan(block));
            if (block > 0)
            {
                Try(repeated, $"block {block} repeated");
            }
        }
    }

    private static void AssertRefused(MemoryDisk whole, string name, ReadOnlyMemory<byte> content)
    {
        var disk = whole.Copy();
        disk.Put(name, content);
        var refused = Assert.Throws<StorageDamagedException>(() => DataDirectory.Recover(disk, SegmentBytes));
        Assert.Equal(name, refused.File);
        Assert.Contains("add it with a new name", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertUntouched<T>(MemoryDisk whole, string name, Action<byte[]> change)
        where T : Exception
    {
        var disk = whole.Copy();
        var content = disk.Content(name).ToArray();
        var block = content[..HeaderBlock.Bytes];
        change(block);
        block.CopyTo(content, 0);
        disk.Put(name, content);
        var before = disk.Names.ToList();

        Assert.Throws<T>(() => DataDirectory.Recover(disk, SegmentBytes));

        Assert.Equal(before, disk.Names);
    }

    private static void Sign(byte[] block, StorageIdentity identity)
    {
        block.AsSpan(HeaderBlock.IdentityOffset).Clear();
        block.AsSpan(12, 4).Clear();
        HeaderBlock.Complete(block, block.AsSpan(0, 8).ToArray(), identity);
    }

    private static void AssertAllThere(RecoveredState recovered)
    {
        Assert.Equal((State, Mark), (recovered.HardState, recovered.Snapshot));
        Assert.Equal(SnapshotContent, recovered.SnapshotContent!.Value.ToArray());
        DataDirectory.AssertEntries(DataDirectory.Entries(31, 100, term: 2), recovered.Entries);
    }

    private static MemoryDisk Directory(bool isWhole = true)
    {
        var disk = new MemoryDisk();
        using var storage = DataDirectory.Open(disk, SegmentBytes);
        if (isWhole)
        {
            storage.MarkWhole();
        }

        storage.Vote(State.Term, "n2");
        storage.SaveSnapshot(Mark, SnapshotContent);
        storage.Write([new PersistBatch { Sequence = 1, ResetTo = Mark }]);
        storage.Append(DataDirectory.Entries(31, 100, term: 2));
        return disk;
    }
}
