using System.Text;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Directories that are not whole: what is kept, what is set aside, and until when the mark stays.</summary>
public sealed class SetAsideTests
{
    private static readonly HardState Vote = new(1, new NodeId("n2"));
    private readonly CrashDisk _disk = new();

    [Fact]
    [Trait("Scenario", "48 mid_log_corruption_detected_node_refuses_to_vote")]
    public void A_damaged_log_is_set_aside_and_what_comes_before_the_damage_is_kept()
    {
        Write();
        var damaged = Damage(DataDirectory.Segment(2), 700);

        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);

        Assert.Equal(Wholeness.Repairing, recovered.Wholeness);
        Assert.Equal((Vote, new SnapshotMark(10, 1)), (recovered.HardState, recovered.Snapshot));
        Assert.InRange(recovered.Entries.Count, 20, 99);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
        var aside = DataDirectory.File("damaged-1");
        Assert.Equal(damaged, _disk.Content($"{aside}/{FileNames.Segment(2)}").ToArray());
        Assert.Contains($"{aside}/{FileNames.Segment(3)}", _disk.Names);
        Assert.Contains(
            "wal-00000000000000000002.log is damaged at byte",
            Encoding.UTF8.GetString(_disk.Content($"{aside}/reason.txt")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Scenario", "49 corrupt_entry_repaired_from_peers")]
    public void A_repaired_log_is_written_on_and_is_whole_only_once_it_is_marked()
    {
        Write();
        Damage(DataDirectory.Segment(2), 700);
        var kept = DataDirectory.Recover(_disk, segmentBytes: 2048).Entries.Count;
        using (var storage = DataDirectory.Open(_disk, out var again, segmentBytes: 2048))
        {
            Assert.Equal((Wholeness.Repairing, kept), (again.Wholeness, again.Entries.Count));
            storage.Append(commitIndex: 90, DataDirectory.Entries(kept + 1, 100));
        }

        using (var storage = DataDirectory.Open(_disk, out var filled, segmentBytes: 2048))
        {
            Assert.Equal((Wholeness.Repairing, 100, 90L), (filled.Wholeness, filled.Entries.Count, filled.CommitIndex));
            storage.MarkWhole();
        }

        var whole = DataDirectory.Recover(_disk, segmentBytes: 2048);
        Assert.Equal(Wholeness.Whole, whole.Wholeness);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, 100), whole.Entries);
    }

    [Fact]
    public void A_second_damage_gets_a_folder_of_its_own()
    {
        Write();
        Damage(DataDirectory.Segment(2), 700);
        DataDirectory.Recover(_disk, segmentBytes: 2048);
        Damage(DataDirectory.Segment(1), 700);

        Assert.Equal(Wholeness.Repairing, DataDirectory.Recover(_disk, segmentBytes: 2048).Wholeness);

        Assert.Equal(["damaged-1", "damaged-2"], _disk.ListDirectories(DataDirectory.Path));
    }

    [Fact]
    public void A_new_directory_is_new_until_it_is_marked()
    {
        using (var storage = DataDirectory.Open(_disk, out var recovered))
        {
            Assert.Equal(Wholeness.New, recovered.Wholeness);
            storage.Vote(1);
            storage.Append(DataDirectory.Entries(1, 3));
        }

        using (var storage = DataDirectory.Open(_disk, out var recovered))
        {
            Assert.Equal((Wholeness.New, 3), (recovered.Wholeness, recovered.Entries.Count));
            storage.MarkWhole();
        }

        Assert.Equal(Wholeness.Whole, DataDirectory.Recover(_disk).Wholeness);
    }

    /// <summary>A program that knew no mark made the directory.</summary>
    [Fact]
    public void A_directory_without_a_mark_is_whole_when_it_holds_term_and_vote_and_new_when_it_does_not()
    {
        DataDirectory.Open(_disk).Dispose();
        _disk.Remove(DataDirectory.File(FileNames.Wholeness));
        var unfinished = _disk.Copy();
        unfinished.Remove(DataDirectory.File(FileNames.HardState));

        Assert.Equal(Wholeness.Whole, DataDirectory.Recover(_disk).Wholeness);
        Assert.Equal(Wholeness.New, DataDirectory.Recover(unfinished).Wholeness);
        Assert.Equal(Wholeness.New, DataDirectory.Recover(unfinished).Wholeness);
    }

    [Fact]
    public void A_node_set_aside_keeps_its_vote_and_nothing_else()
    {
        Write();
        var log = _disk.Content(DataDirectory.Segment(1)).ToArray();

        ReplicaStorage.SetAside(_disk, DataDirectory.Path, DataDirectory.Identity, "differs from the others at 42");

        var recovered = DataDirectory.Recover(_disk, segmentBytes: 2048);
        Assert.Equal((Wholeness.Repairing, Vote), (recovered.Wholeness, recovered.HardState));
        Assert.Equal((default, 0L, 0), (recovered.Snapshot, recovered.CommitIndex, recovered.Entries.Count));
        var aside = DataDirectory.File("damaged-1");
        Assert.Equal(log, _disk.Content($"{aside}/{FileNames.Segment(1)}").ToArray());
        Assert.Equal(
            "differs from the others at 42\n", Encoding.UTF8.GetString(_disk.Content($"{aside}/reason.txt")));
        Assert.Contains($"{aside}/{FileNames.Snapshot(new SnapshotMark(10, 1))}", _disk.Names);
    }

    [Fact]
    public void A_directory_in_use_of_another_node_or_without_its_vote_is_not_set_aside()
    {
        Write();
        var before = _disk.Names.ToList();
        using (DataDirectory.Open(_disk, segmentBytes: 2048))
        {
            Assert.Throws<DirectoryInUseException>(() => SetAside(DataDirectory.Identity));
        }

        Assert.Throws<StorageIdentityException>(() => SetAside(new StorageIdentity("test-cluster", "n2")));
        _disk.Remove(DataDirectory.File(FileNames.HardState));
        Assert.Throws<StorageDamagedException>(() => SetAside(DataDirectory.Identity));
        Assert.Equal(before.Where(name => !name.EndsWith("hardstate", StringComparison.Ordinal)), _disk.Names);
    }

    private void SetAside(StorageIdentity identity) =>
        ReplicaStorage.SetAside(_disk, DataDirectory.Path, identity, "a test");

    private void Write()
    {
        using var storage = DataDirectory.Open(_disk, segmentBytes: 2048);
        storage.MarkWhole();
        storage.Vote(1, "n2");
        storage.Append(commitIndex: 15, DataDirectory.Entries(1, 100));
        storage.SaveSnapshot(new SnapshotMark(10, 1), new byte[100]);
    }

    private byte[] Damage(string path, int offset)
    {
        var content = _disk.Content(path).ToArray();
        content[offset] ^= 1;
        _disk.Put(path, content);
        return content;
    }
}
