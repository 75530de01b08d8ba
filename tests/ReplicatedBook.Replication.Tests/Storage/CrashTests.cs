using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>Goal: after any crash all that was promised is there and nothing else. Method: random operations from a
/// seed against a model of what may be found; crashes, failing writes and failing syncs at every kind of
/// operation.</summary>
public sealed class CrashTests
{
    private const int Seeds = 2_000;

    [Fact]
    [Trait("Scenario", "45 kill9_all_nodes_loses_no_acked_write")]
    [Trait("FieldReport", "crash of the log after a power cycle or a snapshot install")]
    public void Nothing_promised_is_lost_and_nothing_else_appears_whatever_crashes()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            try
            {
                new CrashScenario(seed).Run(lives: 6);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"seed {seed}", exception);
            }
        }
    }

    /// <summary>Goal: each single operation may be the last. Method: the same writes, ending at the first, second, ...
    /// operation.</summary>
    [Fact]
    [Trait("Scenario", "46 kill9_at_every_write_boundary")]
    public void A_crash_at_every_single_operation_keeps_every_write_that_returned()
    {
        for (var survivors = 0; survivors < 3; survivors++)
        {
            var last = 0;
            for (var crashAt = 1; last >= crashAt - 1; crashAt++)
            {
                last = RunUntil(crashAt, new Random((crashAt * 3) + survivors));
            }

            Assert.True(last > 60);
        }
    }

    [Fact]
    [Trait("Scenario", "50 fsync_error_is_fatal_never_retried")]
    public void After_any_failed_operation_every_further_call_is_refused()
    {
        (string, int)[] faults = [("write", 28), ("sync", 5), ("create", 28), ("rename", 5), ("syncdir", 5)];
        foreach (var (kind, errno) in faults)
        {
            var disk = new CrashDisk();
            using var storage = DataDirectory.Open(disk, segmentBytes: 1024);
            storage.Vote(1);
            storage.Append(DataDirectory.Entries(1, 12));
            disk.BeforeOperation = (operation, _) =>
            {
                if (operation == kind)
                {
                    throw new IOException("injected", errno);
                }
            };

            var failed = Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entries(13, 40)));
            Assert.Equal(errno, failed.HResult);

            disk.BeforeOperation = (_, path) => throw new InvalidOperationException($"{path} was tried again");
            Assert.Throws<IOException>(() => storage.Append(DataDirectory.Entry(13)));
            Assert.Throws<IOException>(() => storage.Write([]));
            Assert.Throws<IOException>(() => storage.SaveSnapshot(new(5, 1), default));
            Assert.Throws<IOException>(() => storage.ReadSnapshotPiece(new(5, 1), 0, 1));
        }
    }

    [Fact]
    public void A_failed_snapshot_ends_the_storage_too()
    {
        var disk = new CrashDisk();
        using var storage = DataDirectory.Open(disk);
        disk.BeforeOperation = (operation, _) =>
        {
            if (operation == "sync")
            {
                throw new IOException("injected");
            }
        };
        Assert.Throws<IOException>(() => storage.SaveSnapshot(new(5, 1), new byte[100]));
        disk.BeforeOperation = null;

        Assert.Throws<IOException>(() => storage.Vote(1));
    }

    // Writes entries one by one with small segments until an operation ends the process and the power; returns
    // operations done.
    private static int RunUntil(int crashAt, Random random)
    {
        var disk = new CrashDisk { Chance = random };
        var done = 0;
        disk.BeforeOperation = (_, _) =>
        {
            if (++done == crashAt)
            {
                throw new ProcessEndedException();
            }
        };
        var written = 0;
        try
        {
            var storage = DataDirectory.Open(disk, segmentBytes: 1024);
            storage.Vote(1);
            for (var index = 1; index <= 24; index++)
            {
                storage.Append(commitIndex: index - 1, DataDirectory.Entry(index));
                written = index;
            }
        }
        catch (ProcessEndedException)
        {
            disk.LosePower(random);
        }

        disk.KillProcess();
        var recovered = DataDirectory.Recover(disk, segmentBytes: 1024);
        Assert.InRange(recovered.Entries.Count, written, written + 1);
        DataDirectory.AssertEntries(DataDirectory.Entries(1, recovered.Entries.Count), recovered.Entries);
        Assert.True(written == 0 || recovered.HardState.Term == 1);
        return done;
    }
}
