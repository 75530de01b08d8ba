using System.Diagnostics;
using Microsoft.Win32.SafeHandles;
using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>The real disk, in a folder of its own.</summary>
public sealed class DurableDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DurableDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_comes_back_from_the_real_disk()
    {
        var directory = Path.Combine(_folder.Path, "a", "b");
        using (var storage = DataDirectory.OpenReal(directory))
        {
            storage.Vote(2, "n1");
            storage.Append(commitIndex: 30_000, DataDirectory.Entries(1, 30_000, 2)); // Several segments of 1 MiB.
            storage.SaveSnapshot(new SnapshotMark(20_000, 2), new byte[200_000]);
            storage.SaveSnapshot(new SnapshotMark(29_000, 2), new byte[300_000]);
            storage.Write([new PersistBatch { Sequence = 2, TruncateFrom = 0, ReleaseBefore = 20_001 }]);
        }

        using var again = DataDirectory.OpenReal(directory, out var recovered);

        Assert.Equal(new HardState(2, new NodeId("n1")), recovered.HardState);
        Assert.InRange(recovered.Entries[0].Index, 2, 20_001);
        DataDirectory.AssertEntries(DataDirectory.Entries(recovered.Entries[0].Index, 30_000, 2), recovered.Entries);
        Assert.Equal(300_000, recovered.SnapshotContent!.Value.Length);
        Assert.Equal(30_000, recovered.CommitIndex);
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public void A_lack_of_room_is_told_apart_from_other_failures()
    {
        using var file = new DurableDisk().Open("/dev/full", create: false);

        Assert.Equal(28, Assert.Throws<DiskFullException>(() => file.Write(0, new byte[100])).HResult);
    }

    [Fact]
    public void Only_the_owner_may_read_directory_and_files()
    {
        var directory = Path.Combine(_folder.Path, "data");
        using (var storage = DataDirectory.OpenReal(directory))
        {
            storage.SaveSnapshot(new SnapshotMark(1, 1), new byte[10]);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(directory));
        Assert.Equal(6, Directory.GetFiles(directory).Length);
        Assert.All(Directory.GetFiles(directory), file =>
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
    }

    [Fact]
    public void A_second_opening_in_this_process_is_refused_by_name_until_the_first_is_closed()
    {
        using (DataDirectory.OpenReal(_folder.Path))
        {
            var refused = Assert.Throws<DirectoryInUseException>(() => DataDirectory.OpenReal(_folder.Path));
            Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        }

        DataDirectory.OpenReal(_folder.Path).Dispose();
    }

    [Fact]
    public void A_directory_locked_by_another_process_is_refused()
    {
        const string flock = "/usr/bin/flock";
        if (!File.Exists(flock))
        {
            Assert.Skip($"needs {flock} of util-linux");
        }

        DataDirectory.OpenReal(_folder.Path).Dispose();
        var lockFile = Path.Combine(_folder.Path, "lock");

        // The other process holds the lock until its input ends.
        using (var other = Process.Start(new ProcessStartInfo(flock, [lockFile, "sh", "-c", "echo held; read end"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!)
        {
            Assert.Equal("held", other.StandardOutput.ReadLine());
            Assert.Throws<DirectoryInUseException>(() => DataDirectory.OpenReal(_folder.Path));
            other.StandardInput.Close();
            other.WaitForExit();
        }

        using (DataDirectory.OpenReal(_folder.Path))
        {
            using var refused = Process.Start(flock, ["--nonblock", lockFile, "true"]);
            refused.WaitForExit();
            Assert.Equal(1, refused.ExitCode);
        }
    }

    [Fact]
    public void A_failing_sync_is_seen_with_its_errno()
    {
        using var invalid = new SafeFileHandle(-1, ownsHandle: false);
        Assert.Equal(-1, NativeMethods.SyncData(invalid));
        var error = NativeMethods.LastError("fdatasync", "x");
        Assert.Equal(NativeMethods.ErrorBadDescriptor, error.HResult);
        Assert.Contains("(errno 9)", error.Message, StringComparison.Ordinal);

        // A pipe cannot be synced: EINVAL from a valid descriptor, which .NET's own flush hides.
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.Out);
        using var descriptor = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);
        Assert.Equal(-1, NativeMethods.SyncData(descriptor));
        Assert.Equal(22, NativeMethods.LastError("fdatasync", "pipe").HResult);
    }

    [Fact]
    public void A_closed_file_cannot_be_synced()
    {
        var file = _disk.Open(Path.Combine(_folder.Path, "file"), create: true);
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(file.Sync);
    }

    [Fact]
    public void A_full_device_is_reported_as_such()
    {
        const string full = "/dev/full";
        if (!File.Exists(full))
        {
            Assert.Skip($"needs {full}");
        }

        using var file = _disk.Open(full, create: false);
        var error = Assert.ThrowsAny<IOException>(() => file.Write(0, new byte[10]));
        Assert.Equal(28, error.HResult);
    }

    [Fact]
    public void Files_behave_as_the_seam_says()
    {
        var path = Path.Combine(_folder.Path, "file");
        Assert.Throws<FileNotFoundException>(() => _disk.Open(path, create: false));
        using (var file = _disk.Open(path, create: true))
        {
            Assert.Throws<IOException>(() => _disk.Open(path, create: true));
            file.Write(3, [1, 2, 3]);
            file.SetLength(10);
            file.Sync();
            var content = new byte[20];
            Assert.Equal(10, file.Read(0, content));
            Assert.Equal([0, 0, 0, 1, 2, 3, 0, 0, 0, 0], content[..10]);
            Assert.Equal(10, file.Length);
        }

        _disk.Rename(path, path + "2");
        _disk.SyncDirectory(_folder.Path);
        Assert.Equal(["file2"], _disk.ListFiles(_folder.Path));
        _disk.Delete(path + "2");
        _disk.Delete(path + "2");
        Assert.Empty(_disk.ListFiles(_folder.Path));
        Assert.Throws<FileNotFoundException>(() => _disk.SyncDirectory(path));
        Assert.ThrowsAny<IOException>(() => _disk.Rename(path, path + "3"));
    }

    private static UnixFileMode ModeOf(string path) => new FileInfo(path).UnixFileMode;
}
