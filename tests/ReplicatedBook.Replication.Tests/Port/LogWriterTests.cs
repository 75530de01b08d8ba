using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: what is reported as written is on the disk (RELIABILITY P1). Method: the sync is held up.</summary>
public sealed class LogWriterTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rb-writer-");

    [Fact]
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
            storage, UnmeasuredReplica.Instance,
            sequence =>
            {
                Interlocked.Exchange(ref reported, sequence);
                isReported.Set();
            },
            exception => Assert.Fail(exception.Message));
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

    public void Dispose() => _directory.Delete(recursive: true);

    private static PersistBatch Batch() => new()
    {
        Sequence = 1,
        HardState = new HardState(1, null),
        Entries = [new LogEntry(1, 1, EntryKind.NoOp, default)],
    };
}
