using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

public sealed class SnapshotTests
{
    private static readonly string Newest = FileNames.Snapshot(new SnapshotMark(90, 1));

    private readonly CrashDisk _disk = new();

    [Fact]
    public void The_newest_snapshot_comes_back_and_two_are_kept()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(1);
            storage.Append(DataDirectory.Entries(1, 40));
            foreach (var index in new[] { 10, 20, 30 })
            {
                storage.SaveSnapshot(new SnapshotMark(index, 1), Content(index));
            }

            storage.SaveSnapshot(new SnapshotMark(25, 1), Content(25)); // Older than the newest: not needed.
            Assert.Equal([(new SnapshotMark(30, 1), 30_000), (new SnapshotMark(20, 1), 20_000L)], storage.Snapshots);
        }

        using var again = DataDirectory.Open(_disk, out var recovered);
        Assert.Equal(new SnapshotMark(30, 1), recovered.Snapshot);
        Assert.Equal(Content(30), recovered.SnapshotContent!.Value.ToArray());
        Assert.Equal(30, recovered.CommitIndex);
        Assert.Equal([(new SnapshotMark(30, 1), 30_000), (new SnapshotMark(20, 1), 20_000L)], again.Snapshots);
        Assert.DoesNotContain(DataDirectory.Snapshot(10, 1), _disk.Names);
    }

    [Fact]
    public void Pieces_put_together_are_the_content_whatever_their_size()
    {
        using var storage = DataDirectory.Open(_disk);
        var mark = new SnapshotMark(300, 1);
        storage.SaveSnapshot(mark, Content(300));
        foreach (var size in new[] { 1_000, 4 << 10, 64 << 10, 100_000, 299_999, 300_000, 1 << 20 })
        {
            var whole = new List<byte>();
            while (true)
            {
                var (data, isLast) = storage.ReadSnapshotPiece(mark, whole.Count, size)!.Value;
                Assert.InRange(data.Length, 1, size);
                whole.AddRange(data);
                if (isLast)
                {
                    break;
                }
            }

            Assert.Equal(Content(300), whole);
        }

        var (nothing, isEnd) = storage.ReadSnapshotPiece(mark, 300_000, 10)!.Value;
        Assert.Empty(nothing);
        Assert.True(isEnd);
    }

    [Fact]
    public void An_empty_snapshot_is_one()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.SaveSnapshot(new SnapshotMark(1, 1), default);
            var (data, isLast) = storage.ReadSnapshotPiece(new SnapshotMark(1, 1), 0, 10)!.Value;
            Assert.Empty(data);
            Assert.True(isLast);
        }

        Assert.Equal(0, DataDirectory.Recover(_disk).SnapshotContent!.Value.Length);
    }

    [Fact]
    public void A_snapshot_that_is_not_kept_has_no_pieces()
    {
        using var storage = DataDirectory.Open(_disk);
        for (var index = 1; index <= 3; index++)
        {
            storage.SaveSnapshot(new SnapshotMark(index, 1), Content(index));
        }

        Assert.Null(storage.ReadSnapshotPiece(new SnapshotMark(1, 1), 0, 10));
        Assert.Null(storage.ReadSnapshotPiece(new SnapshotMark(3, 2), 0, 10));
        Assert.NotNull(storage.ReadSnapshotPiece(new SnapshotMark(2, 1), 0, 10));
    }

    [Fact]
    public void A_piece_that_is_not_what_was_written_is_not_handed_out()
    {
        using var storage = DataDirectory.Open(_disk);
        var mark = new SnapshotMark(200, 1);
        storage.SaveSnapshot(mark, Content(200));
        var file = _disk.Content(DataDirectory.Snapshot(200, 1)).ToArray();
        file[512 + 65540 + 100] ^= 4; // Within the second block.
        _disk.Put(DataDirectory.Snapshot(200, 1), file);

        Assert.Equal(65536, storage.ReadSnapshotPiece(mark, 0, 65536)!.Value.Data.Length);
        Assert.Throws<StorageDamagedException>(() => storage.ReadSnapshotPiece(mark, 65536, 10));
        Assert.Throws<StorageDamagedException>(() => storage.ReadSnapshotPiece(mark, 0, 65537));
    }

    [Fact]
    public void A_damaged_newest_snapshot_gives_way_to_the_older_one_and_is_set_aside()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(1);
            storage.Append(commitIndex: 40, DataDirectory.Entries(1, 40));
            storage.SaveSnapshot(new SnapshotMark(10, 1), Content(10));
            storage.SaveSnapshot(new SnapshotMark(20, 1), Content(20));
        }

        Damage(DataDirectory.Snapshot(20, 1));
        using (var storage = DataDirectory.Open(_disk, out var recovered))
        {
            Assert.Equal(new SnapshotMark(10, 1), recovered.Snapshot);
            DataDirectory.AssertEntries(DataDirectory.Entries(1, 40), recovered.Entries);
            Assert.Contains(DataDirectory.Snapshot(20, 1) + ".damaged", _disk.Names);

            storage.SaveSnapshot(new SnapshotMark(20, 1), Content(20));
            storage.SaveSnapshot(new SnapshotMark(30, 1), Content(30));
            Assert.Contains(DataDirectory.Snapshot(20, 1) + ".damaged", _disk.Names);
            storage.SaveSnapshot(new SnapshotMark(40, 1), Content(40));
            Assert.DoesNotContain(DataDirectory.Snapshot(20, 1) + ".damaged", _disk.Names);
        }
    }

    [Fact]
    public void A_damaged_only_snapshot_is_harmless_as_long_as_the_log_begins_at_the_beginning()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(1);
            storage.Append(commitIndex: 40, DataDirectory.Entries(1, 40));
            storage.SaveSnapshot(new SnapshotMark(10, 1), Content(10));
        }

        Damage(DataDirectory.Snapshot(10, 1));
        var recovered = DataDirectory.Recover(_disk);
        Assert.Equal(default, recovered.Snapshot);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, 40), recovered.Entries);
    }

    [Fact]
    public void Damaged_snapshots_that_the_log_does_not_reach_back_behind_must_come_from_the_peers()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(1);
            storage.Append(DataDirectory.Entries(1, 40));
            storage.SaveSnapshot(new SnapshotMark(10, 1), Content(10));
            storage.SaveSnapshot(new SnapshotMark(90, 1), Content(90));
            storage.Write([new PersistBatch { Sequence = 2, ResetTo = new SnapshotMark(90, 1) }]);
        }

        var without = _disk.Copy();
        without.Remove(DataDirectory.Snapshot(90, 1));
        Damage(DataDirectory.Snapshot(90, 1));
        foreach (var disk in new[] { _disk, without })
        {
            var recovered = DataDirectory.Recover(disk);

            Assert.Equal((Wholeness.Repairing, new SnapshotMark(10, 1)), (recovered.Wholeness, recovered.Snapshot));
            Assert.Equal(10, recovered.CommitIndex);
            Assert.Empty(recovered.Entries);
            Assert.Equal(disk == _disk, disk.Names.Contains(DataDirectory.File($"damaged-1/{Newest}")));
            Assert.Contains(DataDirectory.File($"damaged-1/{FileNames.Segment(1)}"), disk.Names);
        }
    }

    [Fact]
    [Trait("Scenario", "60 crash_during_install_keeps_old_or_new")]
    public void A_crash_between_installing_a_snapshot_and_resetting_the_log_resets_it_at_opening()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(3);
            storage.Append(commitIndex: 5, DataDirectory.Entries(1, 40));
            storage.SaveSnapshot(new SnapshotMark(90, 3), Content(90));
        }

        using (var storage = DataDirectory.Open(_disk, out var recovered))
        {
            Assert.Equal((new SnapshotMark(90, 3), 90L), (recovered.Snapshot, recovered.CommitIndex));
            Assert.Empty(recovered.Entries);
            storage.Append(DataDirectory.Entry(91, 3));
        }

        DataDirectory.AssertEntries([DataDirectory.Entry(91, 3)], DataDirectory.Recover(_disk).Entries);
    }

    [Fact]
    public void A_log_that_contradicts_an_installed_snapshot_is_dropped_at_opening()
    {
        using (var storage = DataDirectory.Open(_disk))
        {
            storage.Vote(3);
            storage.Append(commitIndex: 5, DataDirectory.Entries(1, 40));
            storage.SaveSnapshot(new SnapshotMark(20, 2), Content(20));
        }

        var recovered = DataDirectory.Recover(_disk);
        Assert.Equal(new SnapshotMark(20, 2), recovered.Snapshot);
        Assert.Empty(recovered.Entries);
    }

    [Fact]
    public void A_snapshot_is_never_deleted_under_its_reader()
    {
        using var folder = new TemporaryFolder();
        using var storage = DataDirectory.OpenReal(folder.Path);
        storage.SaveSnapshot(new SnapshotMark(1, 1), Content(200));
        using var stop = new CancellationTokenSource();
        var content = Content(200);
        var saver = new Thread(() =>
        {
            for (var index = 2; index <= 60; index++)
            {
                storage.SaveSnapshot(new SnapshotMark(index, 1), content);
            }

            stop.Cancel();
        });
        saver.Start();
        var pieces = 0;
        do
        {
            var mark = storage.Snapshots[^1].Mark;
            for (var offset = 0L; storage.ReadSnapshotPiece(mark, offset, 30_000) is { } piece; offset += 30_000)
            {
                pieces++;
                Assert.Equal(content[(int)offset..((int)offset + piece.Data.Length)], piece.Data);
                if (piece.IsLast)
                {
                    break;
                }
            }
        }
        while (!stop.IsCancellationRequested || pieces == 0);

        saver.Join();
        Assert.True(pieces > 0);
    }

    private static byte[] Content(long thousands) =>
        [.. Enumerable.Range(0, (int)thousands * 1000).Select(i => (byte)(i * 31 / 7))];

    private void Damage(string path)
    {
        var content = _disk.Content(path).ToArray();
        content[600] ^= 1;
        _disk.Put(path, content);
    }
}
