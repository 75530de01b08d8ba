using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Torn tails, incomplete steps and files that do not fit together.</summary>
public sealed class RecoveryTests
{
    /// <summary>Goal: a cut is a torn tail where nothing says that more was synced. Method: cut the file at every byte;
    /// a prefix remains, and writing goes on.</summary>
    [Fact]
    [Trait("Scenario", "47 torn_tail_truncated_valid_prefix_kept")]
    public void A_log_cut_at_any_byte_gives_the_entries_before_and_can_be_written_again()
    {
        var (whole, ends) = ThreeGroups();
        var content = whole.Content(DataDirectory.Segment(1)).ToArray();
        whole.Remove(DataDirectory.File("synced"));
        for (var cut = HeaderBlock.Bytes; cut <= ends[^1]; cut++)
        {
            var disk = whole.Copy();
            disk.Put(DataDirectory.Segment(1), content.AsSpan(0, cut));
            var kept = ends.Count(end => end <= cut);
            using (var storage = DataDirectory.Open(disk, out var recovered))
            {
                DataDirectory.AssertEntries(DataDirectory.Entries(1, kept), recovered.Entries);
                storage.Append(DataDirectory.Entry(kept + 1, 1, "after the cut"));
            }

            var again = DataDirectory.Recover(disk);
            Assert.Equal(0, again.TornBytes);
            Assert.Equal(kept + 1, again.Entries.Count);
            DataDirectory.AssertEntries([DataDirectory.Entry(kept + 1, 1, "after the cut")], [again.Entries[^1]]);
        }
    }

    [Fact]
    public void A_log_cut_within_its_header_is_damaged()
    {
        var (whole, _) = ThreeGroups();
        for (var cut = 0; cut < HeaderBlock.Bytes; cut++)
        {
            var disk = whole.Copy();
            disk.Put(DataDirectory.Segment(1), whole.Content(DataDirectory.Segment(1))[..cut]);
            var recovered = DataDirectory.Recover(disk);
            Assert.Equal((Wholeness.Repairing, 0), (recovered.Wholeness, recovered.Entries.Count));
        }
    }

    /// <summary>Goal: a crash within a write is no damage. Method: zero each sector of a group that was never
    /// synced.</summary>
    [Fact]
    [Trait("Scenario", "47 torn_tail_truncated_valid_prefix_kept")]
    public void A_hole_in_the_last_unsynced_group_is_a_torn_tail()
    {
        var disk = new CrashDisk();
        var storage = DataDirectory.Open(disk);
        storage.Vote(1);
        storage.Append(DataDirectory.Entries(1, 20));
        var start = UsedEnd(disk.Content(DataDirectory.Segment(1)));
        disk.BeforeOperation = (kind, _) => FailIf(kind == "sync");
        Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entries(21, 60)));
        disk.KillProcess();

        var content = disk.Content(DataDirectory.Segment(1)).ToArray();
        var end = UsedEnd(content);
        Assert.True(end - start > 2000);
        for (var sector = (start + 511) / 512 * 512; sector < end; sector += 512)
        {
            var torn = disk.Copy();
            var lacking = content.ToArray();
            lacking.AsSpan(sector, 512).Clear();
            torn.Put(DataDirectory.Segment(1), lacking);

            var recovered = DataDirectory.Recover(torn);

            Assert.InRange(recovered.Entries.Count, 20, 59);
            Assert.True(recovered.TornBytes > 0 || sector + 512 >= end);
            DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
            Assert.Equal(0, DataDirectory.Recover(torn).TornBytes);
        }
    }

    [Fact]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void A_hole_in_synced_entries_is_damage_even_in_the_last_group()
    {
        var (whole, ends) = ThreeGroups();
        var content = whole.Content(DataDirectory.Segment(1)).ToArray();
        content.AsSpan(ends[^2] + 4, 8).Clear();
        whole.Put(DataDirectory.Segment(1), content);

        var recovered = DataDirectory.Recover(whole);

        Assert.Equal(Wholeness.Repairing, recovered.Wholeness);
        Assert.Contains($"{DataDirectory.Segment(1)} is damaged at byte {ends[^2]}", recovered.Damage);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, ends.Count - 1), recovered.Entries);
    }

    /// <summary>Goal: clients cannot make a crash look like damage. Method: the payload is a proof, but not for its
    /// place.</summary>
    [Fact]
    public void A_proof_within_a_payload_is_not_taken_for_one()
    {
        var disk = new CrashDisk();
        var storage = DataDirectory.Open(disk);
        storage.Vote(1);
        storage.Append(DataDirectory.Entry(1));
        var content = disk.Content(DataDirectory.Segment(1)).ToArray();
        var start = UsedEnd(content) / 8 * 8 + 8;
        var proof = content[(start - WalRecord.HeaderBytes)..start];
        Assert.Equal((byte)RecordType.Synced, proof[12]);
        disk.BeforeOperation = (kind, _) => FailIf(kind == "sync");
        var payload = Enumerable.Repeat(proof, 20).SelectMany(bytes => bytes).ToArray();
        var entry = new LogEntry(2, 1, EntryKind.Command, payload);
        Assert.Throws<IOException>(() => storage.Append(entry));
        disk.KillProcess();
        content = disk.Content(DataDirectory.Segment(1)).ToArray();
        content[start]++; // The entry's header is torn, its payload is there.
        disk.Put(DataDirectory.Segment(1), content);

        var recovered = DataDirectory.Recover(disk);

        Assert.Single(recovered.Entries);
        Assert.True(recovered.TornBytes > 600);
    }

    /// <summary>Goal: what recovery hands out is on the disk. Method: a failed sync, a restart, and then power
    /// fails.</summary>
    [Fact]
    [Trait("Scenario", "50 fsync_error_is_fatal_never_retried")]
    public void Entries_seen_after_a_failed_sync_and_a_restart_survive_a_loss_of_power()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var disk = new CrashDisk { Chance = new Random(seed) };
            var storage = DataDirectory.Open(disk);
            storage.Vote(1);
            disk.BeforeOperation = (kind, _) => FailIf(kind == "sync");
            Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entries(1, 50)));
            disk.KillProcess();
            var seen = DataDirectory.Recover(disk);

            disk.LosePower(new Random(seed));

            DataDirectory.AssertEntries(seen.Entries, DataDirectory.Recover(disk).Entries);
        }
    }

    /// <summary>The same for term and vote.</summary>
    [Fact]
    public void A_vote_seen_after_a_failed_sync_and_a_restart_survives_a_loss_of_power()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var disk = new CrashDisk { Chance = new Random(seed) };
            var storage = DataDirectory.Open(disk);
            storage.Vote(1, "n1");
            disk.BeforeOperation = (kind, _) => FailIf(kind == "sync");
            Assert.Throws<IOException>(() => storage.Vote(2, "n2"));
            disk.KillProcess();
            var seen = DataDirectory.Recover(disk).HardState;

            disk.LosePower(new Random(seed));

            Assert.Equal(seen, DataDirectory.Recover(disk).HardState);
        }
    }

    /// <summary>Goal: opening is no danger either. Method: after a failed sync the next opening ends at each
    /// operation.</summary>
    [Fact]
    public void A_vote_is_never_lost_by_a_crash_while_opening()
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var disk = new CrashDisk { Chance = new Random(seed) };
            var storage = DataDirectory.Open(disk);
            storage.Vote(1, "n1");
            var syncsLeft = seed % 2;
            disk.BeforeOperation = (kind, _) => FailIf(kind == "sync" && syncsLeft-- == 0);
            Assert.Throws<IOException>(() => storage.Vote(2, "n2"));
            disk.KillProcess();
            var operationsLeft = (seed / 2 % 3) + 1;
            disk.BeforeOperation = (_, _) => FailIf(operationsLeft-- == 0);
            _ = Record.Exception(() => DataDirectory.Recover(disk));

            disk.LosePower(new Random(~seed));

            Assert.InRange(DataDirectory.Recover(disk).HardState.Term, 1, 2);
        }
    }

    [Fact]
    public void A_missing_segment_must_come_from_the_peers_and_a_missing_vote_file_is_the_end()
    {
        var whole = SeveralSegments();
        foreach (var name in whole.Names)
        {
            var disk = whole.Copy();
            disk.Remove(name);
            if (name == DataDirectory.File("hardstate"))
            {
                Assert.Throws<StorageDamagedException>(() => DataDirectory.Recover(disk, segmentBytes: 2048));
                continue;
            }

            var recovered = DataDirectory.Recover(disk, segmentBytes: 2048);

            var isSegment = FileNames.SegmentSequence(Path.GetFileName(name)) is not null;
            Assert.Equal(isSegment ? Wholeness.Repairing : Wholeness.Whole, recovered.Wholeness);
            DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
            Assert.InRange(recovered.Entries.Count, isSegment ? 0 : 200, isSegment ? 199 : 200);
        }

        var empty = new CrashDisk();
        DataDirectory.Open(empty).Dispose();
        empty.Remove(DataDirectory.Segment(1));
        Assert.Equal(Wholeness.Repairing, DataDirectory.Recover(empty).Wholeness);
    }

    [Fact]
    public void Swapped_segments_are_damage()
    {
        var disk = SeveralSegments();
        var second = disk.Content(DataDirectory.Segment(2)).ToArray();
        disk.Put(DataDirectory.Segment(2), disk.Content(DataDirectory.Segment(3)).ToArray());
        disk.Put(DataDirectory.Segment(3), second);

        var recovered = DataDirectory.Recover(disk, segmentBytes: 2048);

        Assert.Equal(Wholeness.Repairing, recovered.Wholeness);
        Assert.InRange(recovered.Entries.Count, 1, 199);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
    }

    [Fact]
    [Trait("Scenario", "53 stale_vote_file_rejected")]
    public void A_vote_file_older_than_the_log_is_damage()
    {
        var disk = new CrashDisk();
        using (var storage = DataDirectory.Open(disk))
        {
            storage.Vote(1);
            var old = disk.Content(DataDirectory.File("hardstate")).ToArray();
            storage.Vote(2);
            storage.Append(DataDirectory.Entry(1, 2));
            disk.Put(DataDirectory.File("hardstate"), old);
        }

        Assert.Throws<StorageDamagedException>(() => DataDirectory.Recover(disk));
    }

    [Fact]
    public void A_directory_of_another_node_or_cluster_is_refused_by_name()
    {
        var disk = new CrashDisk();
        DataDirectory.Open(disk).Dispose();
        foreach (var other in new[] { new StorageIdentity("test-cluster", "n2"), new StorageIdentity("other", "n1") })
        {
            var refused = Assert.Throws<StorageIdentityException>(
                () => ReplicaStorage.Open(disk, DataDirectory.Path, other, new StorageOptions(), out _));
            Assert.Contains("belongs to node n1 of cluster test-cluster", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_later_layout_version_is_refused()
    {
        var disk = new CrashDisk();
        DataDirectory.Open(disk).Dispose();
        var segment = disk.Content(DataDirectory.Segment(1)).ToArray();
        segment[8] = 2;
        segment.AsSpan(12, 4).Clear();
        BitConverter.TryWriteBytes(segment.AsSpan(12), Checksum.Of(segment.AsSpan(0, 512)));
        disk.Put(DataDirectory.Segment(1), segment);

        Assert.Equal(2u, Assert.Throws<StorageVersionException>(() => DataDirectory.Recover(disk)).Version);
    }

    [Fact]
    public void A_directory_without_its_vote_is_left_as_it_is()
    {
        var (disk, _) = ThreeGroups();
        var content = disk.Content(DataDirectory.File("hardstate")).ToArray();
        (content[20], content[4096 + 20]) = (7, 7);
        disk.Put(DataDirectory.File("hardstate"), content);
        disk.Put(DataDirectory.Segment(1) + ".tmp", [1, 2, 3]);
        var before = disk.Operations;

        var refused = Assert.Throws<StorageDamagedException>(() => DataDirectory.Recover(disk));

        Assert.Contains("add it with a new name", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, disk.Operations);
    }

    [Fact]
    public void Incomplete_files_are_removed_and_foreign_ones_left_alone()
    {
        var disk = new CrashDisk();
        disk.Put(DataDirectory.Segment(1) + ".tmp", [1]);
        disk.Put(DataDirectory.Snapshot(3, 1) + ".tmp", [1]);
        disk.Put(DataDirectory.File("hardstate.tmp"), [1]);
        disk.Put(DataDirectory.File("wholeness.tmp"), [1]);
        disk.Put(DataDirectory.File("wal-spare-7.tmp"), [1]);
        disk.Put(DataDirectory.File("notes.tmp"), [1]);

        DataDirectory.Open(disk).Dispose();

        Assert.Equal(
            ["hardstate", "notes.tmp", "synced", FileNames.Segment(1), "wholeness"],
            disk.ListFiles(DataDirectory.Path));
    }

    private static CrashDisk SeveralSegments()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk, segmentBytes: 2048);
        storage.MarkWhole();
        storage.Vote(1);
        storage.Append(DataDirectory.Entries(1, 200));
        return disk;
    }

    /// <summary>Three writes of three entries; with the end of each entry in the file.</summary>
    private static (CrashDisk Disk, List<int> Ends) ThreeGroups()
    {
        var disk = new CrashDisk();
        var ends = new List<int>();
        using var storage = DataDirectory.Open(disk);
        storage.Vote(1);
        var offset = HeaderBlock.Bytes;
        for (var first = 1; first <= 7; first += 3)
        {
            var entries = DataDirectory.Entries(first, first + 2);
            storage.Append(entries);
            foreach (var entry in entries)
            {
                ends.Add(offset += WalRecord.SizeOf(entry.Payload.Length));
            }

            offset += WalRecord.HeaderBytes;
        }

        return (disk, ends);
    }

    private static int UsedEnd(ReadOnlySpan<byte> content) => content.LastIndexOfAnyExcept((byte)0) + 1;

    private static void FailIf(bool condition)
    {
        if (condition)
        {
            throw new IOException("injected");
        }
    }
}
