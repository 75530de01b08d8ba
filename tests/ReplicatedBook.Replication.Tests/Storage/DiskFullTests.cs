using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>A disk without room: nothing is lost by it, and nothing ends (RELIABILITY P15).</summary>
public sealed class DiskFullTests
{
    private const long SegmentBytes = 2048;
    private readonly CrashDisk _machine = new();
    private readonly FullDisk _disk;

    public DiskFullTests() => _disk = new FullDisk(_machine);

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void A_write_without_room_changes_nothing_and_is_done_once_there_is_room()
    {
        using var storage = Open();
        var last = Fill(storage);
        var before = DataDirectory.Recover(_machine.Copy(), SegmentBytes);
        Assert.Equal(last, before.Entries.Count);

        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<DiskFullException>(() => storage.Append(DataDirectory.Entries(last + 1, last + 40)));
            Assert.True(storage.IsFull);
            var during = DataDirectory.Recover(_machine.Copy(), SegmentBytes);
            DataDirectory.AssertEntries(before.Entries, during.Entries);
        }

        Assert.Equal(1, _machine.Names.Count(name => name.EndsWith(".snap", StringComparison.Ordinal)));
        _disk.Room = 1 << 20;
        storage.Append(commitIndex: last + 40, DataDirectory.Entries(last + 1, last + 40));

        Assert.False(storage.IsFull);
        var after = DataDirectory.Recover(_machine.Copy(), SegmentBytes);
        Assert.Equal((last + 40L, 0L), (after.CommitIndex, after.TornBytes));
        DataDirectory.AssertEntries(DataDirectory.Entries(1, last + 40), after.Entries);
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void Term_and_vote_are_written_on_a_full_disk()
    {
        using var storage = Open();
        Fill(storage);

        storage.Vote(7, "n3");

        Assert.Equal(
            new HardState(7, new NodeId("n3")), DataDirectory.Recover(_machine.Copy(), SegmentBytes).HardState);
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void A_full_disk_opens_and_shows_all_that_is_on_it()
    {
        int last;
        using (var storage = Open())
        {
            last = Fill(storage);
        }

        using var again = DataDirectory.Open(_disk, out var recovered, SegmentBytes);
        Assert.Equal(last, recovered.Entries.Count);
        Assert.Throws<DiskFullException>(() => again.Append(DataDirectory.Entries(last + 1, last + 40)));
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void A_snapshot_without_room_is_given_up_and_leaves_nothing()
    {
        using var storage = Open();
        storage.Append(DataDirectory.Entries(1, 10));
        _disk.Room = 300;
        var before = _machine.Names.ToList();

        Assert.Throws<DiskFullException>(() => storage.SaveSnapshot(new SnapshotMark(9, 1), new byte[1000]));

        Assert.Equal(before, _machine.Names);
        Assert.Equal(new SnapshotMark(1, 1), Assert.Single(storage.Snapshots).Mark);
        storage.Append(DataDirectory.Entry(11));
        _disk.Room = 10_000;
        storage.SaveSnapshot(new SnapshotMark(9, 1), new byte[1000]);
        Assert.Equal(new SnapshotMark(9, 1), storage.Snapshots[0].Mark);
    }

    /// <summary>Two snapshots are newer than the first segments: with those gone, there is room again.</summary>
    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void Room_is_made_by_releasing_segments_that_snapshots_cover()
    {
        using var storage = Open();
        storage.Append(commitIndex: 200, DataDirectory.Entries(1, 200));
        storage.SaveSnapshot(new SnapshotMark(150, 1), new byte[10]);
        storage.SaveSnapshot(new SnapshotMark(190, 1), new byte[10]);
        var last = Fill(storage, first: 201);

        storage.Write(
        [
            new PersistBatch
            {
                Sequence = 1, Entries = DataDirectory.Entries(last + 1, last + 40), ReleaseBefore = 151,
            },
        ]);

        Assert.False(storage.IsFull);
        var recovered = DataDirectory.Recover(_machine.Copy(), SegmentBytes);
        Assert.Equal(last + 40, recovered.Entries[^1].Index);
        Assert.InRange(recovered.Entries[0].Index, 2, 151);
    }

    [Fact]
    public void A_segment_that_finds_no_room_is_not_prepared_and_the_log_goes_on_without()
    {
        using var storage = Open();
        var next = FillHalf(storage);
        _disk.Room = 100;
        Assert.False(storage.PrepareSegment());
        Assert.False(storage.IsSegmentDue);
        Assert.DoesNotContain(_machine.Names, name => name.Contains("spare", StringComparison.Ordinal));

        _disk.Room = 1 << 20;
        storage.Append(DataDirectory.Entries(next, next + 100));
        FillHalf(storage, next + 101);
        Assert.True(storage.IsSegmentDue);
    }

    /// <summary>What the log's thread does for a prepared segment is to write a header and two marks.</summary>
    [Fact]
    public void The_next_segment_is_zeroed_before_the_log_needs_it()
    {
        const long large = 8 << 20;
        using var storage = DataDirectory.Open(_disk, large);
        storage.Vote(1);
        var index = 0;
        while (!storage.IsSegmentDue)
        {
            storage.Append(DataDirectory.Entry(++index, 1, new string('x', 100_000)));
        }

        Assert.True(storage.PrepareSegment());
        Assert.False(storage.IsSegmentDue);
        Assert.Contains(_machine.Names, name => _machine.Content(name).Length == large
            && name.Contains("spare", StringComparison.Ordinal));
        _disk.Room = 4 << 20; // For the rest of the first segment, which is zeroed step by step.
        while (_machine.Names.Count(name => FileNames.SegmentSequence(Path.GetFileName(name)) is not null) == 1)
        {
            storage.Append(DataDirectory.Entry(++index, 1, new string('x', 100_000)));
        }

        _disk.Room = 0;
        for (var i = 0; i < 30; i++)
        {
            storage.Append(DataDirectory.Entry(++index, 1, new string('x', 100_000)));
        }

        Assert.Equal(index, DataDirectory.Recover(_machine.Copy(), large).Entries.Count);
    }

    /// <summary>What is known of the log after a failed sync is nothing, whatever its cause.</summary>
    [Theory]
    [InlineData("write")]
    [InlineData("sync")]
    [Trait("Scenario", "50 fsync_error_is_fatal_never_retried")]
    public void A_lack_of_room_in_the_middle_of_a_write_ends_the_storage(string kind)
    {
        using var storage = Open();
        _machine.BeforeOperation = (operation, _) =>
        {
            if (operation == kind)
            {
                throw new DiskFullException("injected", 28);
            }
        };

        Assert.Throws<DiskFullException>(() => storage.Append(DataDirectory.Entry(1)));

        Assert.False(storage.IsFull);
        _machine.BeforeOperation = (_, path) => throw new InvalidOperationException($"{path} was tried again");
        Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entry(1)));
    }

    private ReplicaStorage Open()
    {
        var storage = DataDirectory.Open(_disk, SegmentBytes);
        storage.Vote(1);
        storage.SaveSnapshot(new SnapshotMark(1, 1), new byte[10]);
        return storage;
    }

    /// <summary>Writes until there is no room.</summary>
    private int Fill(ReplicaStorage storage, int first = 1)
    {
        _disk.Room = 3 * SegmentBytes;
        for (var index = first; ; index++)
        {
            try
            {
                storage.Append(commitIndex: index - 1, DataDirectory.Entry(index));
            }
            catch (DiskFullException)
            {
                return index - 1;
            }
        }
    }

    private static int FillHalf(ReplicaStorage storage, int first = 1)
    {
        while (!storage.IsSegmentDue)
        {
            storage.Append(DataDirectory.Entry(first++));
        }

        return first;
    }
}
