using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: what is reported as written is on the disk (RELIABILITY P1). Method: the sync is held up.</summary>
public sealed class LogWriterTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rb-writer-");

    [Fact]
    [Trait("Scenario", "41 ack_and_vote_only_after_durable")]
    public void A_write_is_reported_after_its_sync_and_not_before()
    {
        using var isHeld = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        var disk = new WatchedDisk(new DurableDisk());
        using var storage = ReplicaStorage.Open(
            disk, Path.Combine(_directory.FullName, "n1"), new StorageIdentity("test", "n1"),
            new StorageOptions { SegmentBytes = 1 << 16 }, out _);
        long reported = 0;
        using var isReported = new ManualResetEventSlim();
        var writer = new LogWriter(
            storage,
            new LogWriterEvents
            {
                Persisted = sequence =>
                {
                    Interlocked.Exchange(ref reported, sequence);
                    isReported.Set();
                },
                Failed = exception => Assert.Fail(exception.Message),
            },
            TimeSpan.FromSeconds(1));
        disk.BeforeSync = () =>
        {
            isHeld.Set();
            mayGoOn.Wait();
        };

        writer.Add([Batch()]);

        Assert.True(isHeld.Wait(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(0, Interlocked.Read(ref reported));
        mayGoOn.Set();
        Assert.True(isReported.Wait(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(1, Interlocked.Read(ref reported));
        writer.Stop();
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void A_write_that_finds_no_room_is_kept_and_reported_once_there_is_some()
    {
        var disk = new FullDisk(new DurableDisk());
        using var storage = OpenFull(disk);
        using var isFull = new CountdownEvent(3);
        using var isReported = new ManualResetEventSlim();
        long reported = 0;
        var writer = new LogWriter(
            storage,
            new LogWriterEvents
            {
                Persisted = sequence =>
                {
                    Interlocked.Exchange(ref reported, sequence);
                    isReported.Set();
                },
                Failed = exception => Assert.Fail(exception.Message),
                Full = _ =>
                {
                    if (!isFull.IsSet)
                    {
                        isFull.Signal();
                    }
                },
            },
            TimeSpan.FromMilliseconds(5));

        writer.Add([Batch()]);
        Assert.True(isFull.Wait(Limit, TestContext.Current.CancellationToken));
        writer.Add([new PersistBatch { Sequence = 2, Entries = [new LogEntry(2, 1, EntryKind.NoOp, default)] }]);
        Assert.Equal((0L, true), (Interlocked.Read(ref reported), storage.IsFull));

        disk.Room = 1 << 20;

        Assert.True(isReported.Wait(Limit, TestContext.Current.CancellationToken));
        writer.Stop();
        Assert.Equal((2L, false), (Interlocked.Read(ref reported), storage.IsFull));
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void Stopping_does_not_wait_for_room()
    {
        using var storage = OpenFull(new FullDisk(new DurableDisk()));
        using var isFull = new ManualResetEventSlim();
        var writer = new LogWriter(
            storage,
            new LogWriterEvents
            {
                Persisted = _ => Assert.Fail("nothing was written"),
                Failed = exception => Assert.Fail(exception.Message),
                Full = _ => isFull.Set(),
            },
            TimeSpan.FromDays(1));
        writer.Add([Batch()]);
        Assert.True(isFull.Wait(Limit, TestContext.Current.CancellationToken));

        writer.Stop();
    }

    [Fact]
    public void The_directory_is_marked_whole_after_the_batches_before()
    {
        var path = Path.Combine(_directory.FullName, "n1");
        var identity = new StorageIdentity("test", "n1");
        var options = new StorageOptions { SegmentBytes = 1 << 16 };
        using (var storage = ReplicaStorage.Open(new DurableDisk(), path, identity, options, out _))
        {
            var order = new List<string>();
            var writer = new LogWriter(
                storage,
                new LogWriterEvents
                {
                    Persisted = _ => order.Add("written"),
                    Failed = exception => Assert.Fail(exception.Message),
                    MarkedWhole = () => order.Add("marked"),
                },
                TimeSpan.FromSeconds(1));
            writer.Add([Batch()]);
            writer.MarkWhole();
            writer.Stop();
            Assert.Equal(["written", "marked"], order);
        }

        using var again = ReplicaStorage.Open(new DurableDisk(), path, identity, options, out var recovered);
        Assert.Equal(Wholeness.Whole, recovered.Wholeness);
    }

    /// <summary>The first entry does not fit into what is there.</summary>
    private ReplicaStorage OpenFull(FullDisk disk)
    {
        var storage = ReplicaStorage.Open(
            disk, Path.Combine(_directory.FullName, "n1"), new StorageIdentity("test", "n1"),
            new StorageOptions { SegmentBytes = StorageOptions.MinSegmentBytes }, out _);
        storage.Write([new PersistBatch { Sequence = 1, HardState = new HardState(1, null) }]);
        disk.Room = 0;
        return storage;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // Larger than the smallest segment, so that it needs room of its own there.
    private static PersistBatch Batch() => new()
    {
        Sequence = 1,
        HardState = new HardState(1, null),
        Entries = [new LogEntry(1, 1, EntryKind.Command, new byte[1000])],
    };
}
