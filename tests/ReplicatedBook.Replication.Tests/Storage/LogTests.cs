using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

public sealed class LogTests
{
    private readonly CrashDisk _disk = new();

    [Fact]
    public void A_new_directory_is_empty()
    {
        using var storage = DataDirectory.Open(_disk, out var recovered);

        Assert.Equal(default, recovered.HardState);
        Assert.Equal(default, recovered.Snapshot);
        Assert.Null(recovered.SnapshotContent);
        Assert.Empty(recovered.Entries);
        Assert.Equal(0, recovered.CommitIndex);
        Assert.Equal(0, recovered.TornBytes);
        Assert.Empty(storage.Snapshots);
    }

    [Fact]
    [Trait("FieldReport", "committed write lost over a graceful restart")]
    public void What_was_written_is_there_after_opening_again()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(3, "n2");
            storage.Append(commitIndex: 4, DataDirectory.Entries(1, 5, term: 2));
            storage.Append(DataDirectory.Entries(6, 7, term: 3));
        }

        var recovered = DataDirectory.Recover(_disk);

        Assert.Equal(new HardState(3, new NodeId("n2")), recovered.HardState);
        DataDirectory.AssertEntries(
            [.. DataDirectory.Entries(1, 5, 2), .. DataDirectory.Entries(6, 7, 3)], recovered.Entries);
        Assert.Equal(4, recovered.CommitIndex);
        Assert.Equal(0, recovered.TornBytes);
    }

    [Fact]
    public void All_batches_of_a_write_share_one_sync()
    {
        using var storage = DataDirectory.Open(_disk);
        storage.Vote(1);
        _disk.Syncs.Clear();

        storage.Write([.. Enumerable.Range(1, 50).Select(i => new PersistBatch
        {
            Sequence = i, Entries = [DataDirectory.Entry(i)], CommitIndex = i - 1,
        })]);

        Assert.Equal([FileNames.Segment(1)], _disk.Syncs);
    }

    [Fact]
    public void A_write_without_content_touches_nothing()
    {
        using var storage = DataDirectory.Open(_disk);
        storage.Vote(1, "n1");
        var before = _disk.Operations;

        storage.Write([]);
        storage.Write([new PersistBatch { Sequence = 1, HardState = new HardState(1, new NodeId("n1")) }]);

        Assert.Equal(before, _disk.Operations);
    }

    [Fact]
    public void A_lone_commit_index_is_written_without_a_sync_and_survives_the_process()
    {
        using var storage = DataDirectory.Open(_disk);
        storage.Vote(1);
        storage.Append(DataDirectory.Entries(1, 3));
        _disk.Syncs.Clear();

        storage.Append(commitIndex: 2);

        Assert.Empty(_disk.Syncs);
        _disk.KillProcess();
        Assert.Equal(2, DataDirectory.Recover(_disk).CommitIndex);
    }

    [Fact]
    public void A_commit_index_beyond_the_log_counts_as_far_as_the_log_goes()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(1);
            storage.Append(commitIndex: 9, DataDirectory.Entries(1, 3));
        }

        Assert.Equal(3, DataDirectory.Recover(_disk).CommitIndex);
    }

    [Fact]
    public void Truncated_entries_do_not_come_back()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(2);
            storage.Append(commitIndex: 2, DataDirectory.Entries(1, 6));
            storage.Write([new PersistBatch { Sequence = 2, TruncateFrom = 4, Entries = [DataDirectory.Entry(4, 2)] }]);
            storage.Write([new PersistBatch { Sequence = 3, TruncateFrom = 5 }]); // Nothing there any more.
        }

        var recovered = DataDirectory.Recover(_disk);
        DataDirectory.AssertEntries([.. DataDirectory.Entries(1, 3), DataDirectory.Entry(4, 2)], recovered.Entries);
    }

    [Fact]
    public void Truncation_across_a_segment_boundary_is_remembered()
    {
        using (var storage = DataDirectory.Open(_disk, segmentBytes: 2048))
        {
            storage.Vote(2);
            storage.Append(DataDirectory.Entries(1, 100));
            storage.Write(
                [new PersistBatch { Sequence = 2, TruncateFrom = 5, Entries = DataDirectory.Entries(5, 90, 2) }]);
        }

        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);
        DataDirectory.AssertEntries(
            [.. DataDirectory.Entries(1, 4), .. DataDirectory.Entries(5, 90, 2)], recovered.Entries);
    }

    [Fact]
    [Trait("Scenario", "52 entry_spanning_segment_boundary_roundtrip")]
    [Trait("FieldReport", "entries crossing a segment boundary")]
    public void The_log_goes_on_in_new_segments_whatever_the_size_of_a_write()
    {
        using (var storage = DataDirectory.Open(_disk, segmentBytes: 2048))
        {
            storage.Vote(1);
            storage.Append(DataDirectory.Entries(1, 150));
            for (var i = 151; i <= 300; i++)
            {
                storage.Append(commitIndex: i - 1, DataDirectory.Entry(i));
            }

            Assert.Equal(_disk.Names.Where(IsSegment).Sum(name => _disk.Content(name).Length), storage.LogBytes);
        }

        Assert.True(_disk.Names.Count(IsSegment) > 10);
        Assert.All(_disk.Names.Where(IsSegment), name => Assert.InRange(_disk.Content(name).Length, 512, 2048 + 100));
        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, 300), recovered.Entries);
        Assert.Equal(299, recovered.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "52 entry_spanning_segment_boundary_roundtrip")]
    [Trait("FieldReport", "entries crossing a segment boundary")]
    public void An_entry_larger_than_a_segment_gets_a_segment_of_its_own()
    {
        var huge = DataDirectory.Entry(2, 1, new string('x', 3_000_000));
        using (var storage = DataDirectory.Open(_disk, segmentBytes: 4096))
        {
            storage.Vote(1);
            storage.Append(DataDirectory.Entry(1), huge, DataDirectory.Entry(3));
            storage.Append(DataDirectory.Entry(4, 1, new string('y', 20_000_000))); // Larger than the buffer, too.
            storage.Append(DataDirectory.Entry(5));
        }

        Assert.Equal(5, _disk.Names.Count(IsSegment));
        var recovered = DataDirectory.Recover(_disk, segmentBytes: 4096);
        Assert.Equal([1, 2, 3, 4, 5], recovered.Entries.Select(entry => entry.Index));
        DataDirectory.AssertEntries([huge], [recovered.Entries[1]]);
        Assert.Equal(20_000_000, recovered.Entries[3].Payload.Length);
    }

    [Fact]
    public void Segments_below_the_older_snapshot_are_released_and_no_others()
    {
        using var storage = DataDirectory.Open(_disk, segmentBytes: 2048);
        storage.Vote(1);
        storage.Append(commitIndex: 300, DataDirectory.Entries(1, 300));
        var before = storage.LogBytes;

        storage.Write([new PersistBatch { Sequence = 2, ReleaseBefore = 250 }]);
        Assert.Equal(before, storage.LogBytes); // No snapshot covers anything.

        storage.SaveSnapshot(new SnapshotMark(100, 1), new byte[10]);
        storage.SaveSnapshot(new SnapshotMark(280, 1), new byte[10]);
        storage.Write([new PersistBatch { Sequence = 3, ReleaseBefore = 250 }]);
        storage.Dispose();

        Assert.True(storage.LogBytes < before);
        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);
        Assert.InRange(recovered.Entries[0].Index, 50, 101); // Whole segments only, none above the older snapshot.
        DataDirectory.AssertEntries(DataDirectory.Entries(recovered.Entries[0].Index, 300), recovered.Entries);
        Assert.Equal(new SnapshotMark(280, 1), recovered.Snapshot);
    }

    [Fact]
    public void A_reset_drops_all_entries_and_their_segments_but_none_after_it()
    {
        using (var storage = DataDirectory.Open(_disk, segmentBytes: 2048))
        {
            storage.Vote(5);
            storage.Append(DataDirectory.Entries(1, 200));
            storage.SaveSnapshot(new SnapshotMark(1000, 4), new byte[10]);
            storage.Write(
            [
                new PersistBatch
                {
                    Sequence = 2, ResetTo = new SnapshotMark(1000, 4), Entries = DataDirectory.Entries(1001, 1200, 5),
                },
            ]);
        }

        Assert.DoesNotContain(DataDirectory.Segment(1), _disk.Names);
        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);
        Assert.Equal(new SnapshotMark(1000, 4), recovered.Snapshot);
        Assert.Equal(1000, recovered.CommitIndex);
        DataDirectory.AssertEntries(DataDirectory.Entries(1001, 1200, 5), recovered.Entries);
    }

    [Fact]
    public void A_batch_that_contradicts_the_log_is_refused_and_ends_the_storage()
    {
        (string Name, PersistBatch Batch)[] wrong =
        [
            ("gap", new PersistBatch { Sequence = 1, Entries = [DataDirectory.Entry(7, 2)] }),
            ("repeated", new PersistBatch { Sequence = 1, Entries = [DataDirectory.Entry(5, 2)] }),
            ("term goes back", new PersistBatch { Sequence = 1, Entries = [DataDirectory.Entry(6, 1)] }),
            ("term not persisted", new PersistBatch { Sequence = 1, Entries = [DataDirectory.Entry(6, 3)] }),
            ("committed", new PersistBatch { Sequence = 1, TruncateFrom = 3 }),
            ("reset without snapshot", new PersistBatch { Sequence = 1, ResetTo = new SnapshotMark(9, 2) }),
            ("older term", new PersistBatch { Sequence = 1, HardState = new HardState(1, null) }),
            ("other vote", new PersistBatch { Sequence = 1, HardState = new HardState(2, new NodeId("n3")) }),
        ];
        foreach (var (name, batch) in wrong)
        {
            var disk = new CrashDisk();
            using (var storage = DataDirectory.Open(disk))
            {
                storage.Vote(2, "n2");
                storage.Append(commitIndex: 3, DataDirectory.Entries(1, 5, term: 2));

                Assert.True(Record.Exception(() => storage.Write([batch])) is ArgumentException, name);
                Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entry(6, 2)));
            }

            var recovered = DataDirectory.Recover(disk);
            DataDirectory.AssertEntries(DataDirectory.Entries(1, 5, 2), recovered.Entries);
            Assert.Equal(new HardState(2, new NodeId("n2")), recovered.HardState);
        }
    }

    [Fact]
    public void Writing_allocates_nothing_once_warm()
    {
        var disk = new DiscardingDisk();
        using var storage = DataDirectory.Open(disk, segmentBytes: 1 << 30);
        storage.Vote(1);
        const int rounds = 200;
        var writes = Enumerable.Range(0, 2 * rounds).Select(round => (IReadOnlyList<PersistBatch>)
        [
            new PersistBatch
            {
                Sequence = round,
                Entries = DataDirectory.Entries((round * 10) + 1, (round * 10) + 10),
                CommitIndex = round * 10,
            },
        ]).ToList();
        writes.Take(rounds).ToList().ForEach(storage.Write);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = rounds; i < writes.Count; i++)
        {
            storage.Write(writes[i]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool IsSegment(string path) => FileNames.SegmentSequence(Path.GetFileName(path)) is not null;
}
