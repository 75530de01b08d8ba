using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Goal: each single disk operation of a longer step may be the last. Method: the step ends at its first,
/// second, ... operation, with and without the machine's power; then the directory is opened again.</summary>
public sealed class CrashPointTests
{
    private const long SegmentBytes = 2048;
    private const int Written = 100;
    private static readonly HardState Vote = new(1, new NodeId("n2"));

    /// <summary>Whichever files are moved first, those that are left may look like a log that is whole: behind the
    /// damage where a snapshot covers it, before it where the end is lost. Only the mark tells.</summary>
    /// <param name="segment">Damaged; 0 for the last.</param>
    /// <param name="snapshot">Index of a snapshot beside the one at 10.</param>
    [Theory]
    [InlineData(3, 11)]
    [InlineData(1, 95)]
    [InlineData(2, 95)]
    [InlineData(0, 11)]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_while_damage_is_set_aside_never_makes_the_directory_whole(int segment, long snapshot)
    {
        var damaged = Directory(snapshot: snapshot);
        var name = segment > 0
            ? FileNames.Segment(segment)
            : Path.GetFileName(damaged.Names.Last(path => path.EndsWith(".log", StringComparison.Ordinal)));
        var content = damaged.Content(DataDirectory.File(name)).ToArray();
        content.AsSpan(segment > 0 ? 700 : (content.AsSpan().LastIndexOfAnyExcept((byte)0) & -512) - 512).Clear();
        damaged.Put(DataDirectory.File(name), content);

        var steps = AtEveryOperation(damaged, disk => DataDirectory.Recover(disk, SegmentBytes), disk =>
        {
            AssertRepairing(DataDirectory.Recover(disk, SegmentBytes), mayHoldSnapshot: true);
            AssertNotGone(disk, name, content);
        });
        Assert.InRange(steps, 20, 200);
    }

    [Fact]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_while_a_directory_is_set_aside_leaves_it_as_it_was_or_empty_and_to_be_repaired()
    {
        var steps = AtEveryOperation(
            Directory(),
            disk => ReplicaStorage.SetAside(disk, DataDirectory.Path, DataDirectory.Identity, "a test"),
            disk =>
            {
                var recovered = DataDirectory.Recover(disk, SegmentBytes);
                if (recovered.Wholeness == Wholeness.Whole)
                {
                    Assert.Equal(Written, recovered.Entries.Count);
                }
                else
                {
                    AssertRepairing(recovered, mayHoldSnapshot: false);
                    Assert.Empty(recovered.Entries);
                }
            });
        Assert.InRange(steps, 10, 80);
    }

    [Fact]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_while_a_directory_is_marked_whole_leaves_all_in_it()
    {
        var marked = Directory(Wholeness.New);
        var seen = new HashSet<Wholeness>();
        var isMarked = false;
        AtEveryOperation(
            marked,
            disk =>
            {
                isMarked = false;
                using var storage = DataDirectory.Open(disk, SegmentBytes);
                storage.MarkWhole();
                isMarked = true;
            },
            disk =>
            {
                var recovered = DataDirectory.Recover(disk, SegmentBytes);
                seen.Add(recovered.Wholeness);
                Assert.True(!isMarked || recovered.Wholeness == Wholeness.Whole);
                Assert.Equal(Written, recovered.Entries.Count);
                Assert.Equal(recovered.Wholeness, DataDirectory.Recover(disk, SegmentBytes).Wholeness);
            });
        Assert.Equal([Wholeness.Whole, Wholeness.New], seen.Order());
    }

    [Fact]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_while_a_directory_is_made_leaves_a_new_one() => AtEveryOperation(
        new CrashDisk(),
        disk => DataDirectory.Open(disk, SegmentBytes).Dispose(),
        disk =>
        {
            var recovered = DataDirectory.Recover(disk, SegmentBytes);
            Assert.Equal((Wholeness.New, default), (recovered.Wholeness, recovered.HardState));
        });

    /// <summary>The prepared segment is used by the writes that follow.</summary>
    [Fact]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_while_the_next_segment_is_prepared_or_taken_loses_nothing()
    {
        var written = 0;
        AtEveryOperation(
            Directory(),
            disk =>
            {
                written = Written;
                using var storage = DataDirectory.Open(disk, SegmentBytes);
                for (; written < Written + 60; written++)
                {
                    if (storage.IsSegmentDue)
                    {
                        Assert.True(storage.PrepareSegment());
                    }

                    storage.Append(commitIndex: written, DataDirectory.Entry(written + 1));
                }
            },
            disk =>
            {
                var recovered = DataDirectory.Recover(disk, SegmentBytes);
                Assert.Equal(Wholeness.Whole, recovered.Wholeness);
                Assert.InRange(recovered.Entries.Count, written, written + 1);
                DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
                Assert.DoesNotContain(disk.Names, name => name.Contains("spare", StringComparison.Ordinal));
            });
    }

    [Fact]
    [Trait("Scenario", "60 crash_during_install_keeps_old_or_new")]
    [Trait("FieldReport", "crash of the log after a power cycle or a snapshot install")]
    public void A_crash_while_a_snapshot_is_installed_leaves_the_old_state_or_the_new()
    {
        var installed = new SnapshotMark(150, 1);
        var content = new byte[70_000];
        var seen = new HashSet<SnapshotMark>();
        AtEveryOperation(
            Directory(),
            disk =>
            {
                using var storage = DataDirectory.Open(disk, SegmentBytes);
                storage.SaveSnapshot(installed, content);
                storage.Write([new PersistBatch { Sequence = 1, ResetTo = installed }]);
                storage.Append(DataDirectory.Entries(151, 153));
            },
            disk =>
            {
                var recovered = DataDirectory.Recover(disk, SegmentBytes);
                seen.Add(recovered.Snapshot);
                Assert.Equal(Wholeness.Whole, recovered.Wholeness);
                Assert.Equal(recovered.Snapshot == installed ? 70_000 : 100, recovered.SnapshotContent!.Value.Length);
                DataDirectory.AssertEntries(
                    recovered.Snapshot == installed
                        ? DataDirectory.Entries(151, 150 + recovered.Entries.Count)
                        : DataDirectory.Entries(1, Written),
                    recovered.Entries);
            });
        Assert.Equal([new SnapshotMark(10, 1), installed], seen.OrderBy(mark => mark.Index));
    }

    /// <returns>Operations of the whole step.</returns>
    private static int AtEveryOperation(CrashDisk before, Action<CrashDisk> step, Action<CrashDisk> check)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var isDone = true;
            for (var ending = 0; ending < 4; ending++)
            {
                var random = new Random((crashAt * 4) + ending);
                var disk = before.Copy();
                disk.Chance = random;
                var left = crashAt;
                disk.BeforeOperation = (_, _) =>
                {
                    if (--left == 0)
                    {
                        throw new ProcessEndedException();
                    }
                };
                try
                {
                    step(disk);
                }
                catch (ProcessEndedException)
                {
                    isDone = false;
                }

                if (ending == 0)
                {
                    disk.KillProcess();
                }
                else
                {
                    disk.LosePower(random);
                }

                check(disk);
            }

            if (isDone)
            {
                return crashAt - 1;
            }
        }
    }

    private static void AssertRepairing(RecoveredState recovered, bool mayHoldSnapshot)
    {
        Assert.Equal((Wholeness.Repairing, Vote), (recovered.Wholeness, recovered.HardState));
        Assert.True(recovered.Snapshot == default || (mayHoldSnapshot && recovered.Snapshot.Index >= 10));
        if (recovered.Entries.Count > 0)
        {
            var (first, last) = (recovered.Entries[0].Index, recovered.Entries[^1].Index);
            Assert.InRange(first, 1, recovered.Snapshot.Index + 1);
            DataDirectory.AssertEntries(DataDirectory.Entries(first, last), recovered.Entries);
        }
    }

    /// <summary>A file that was set aside is in one of the folders, unless it is still in its place.</summary>
    private static void AssertNotGone(CrashDisk disk, string name, byte[] content) =>
        Assert.Contains(disk.Names, path =>
            Path.GetFileName(path) == name && disk.Content(path).SequenceEqual(content));

    private static CrashDisk Directory(Wholeness wholeness = Wholeness.Whole, long snapshot = 0)
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk, SegmentBytes);
        if (wholeness == Wholeness.Whole)
        {
            storage.MarkWhole();
        }

        storage.Vote(1, "n2");
        storage.Append(commitIndex: 15, DataDirectory.Entries(1, Written));
        storage.SaveSnapshot(new SnapshotMark(10, 1), new byte[100]);
        if (snapshot > 0)
        {
            storage.SaveSnapshot(new SnapshotMark(snapshot, 1), new byte[100]);
        }

        return disk.Copy();
    }
}
