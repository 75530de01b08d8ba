using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using ReplicatedBook.Cli;

namespace ReplicatedBook.Node.Tests.Init;

/// <summary>Goal: whoever waits for the disk is told when it did not take the content. Method: what cannot be
/// synced.</summary>
public sealed class DiskSyncTests
{
    [Fact]
    public void A_sync_that_fails_is_an_error_that_names_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no fsync there");
        const int Einval = 22; // What fsync(2) answers for a pipe.
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var handle = new SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);

        var failure = Assert.Throws<IOException>(() => DiskSync.Content(handle, "of-a-pipe"));

        Assert.Contains("fsync of-a-pipe", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Einval, failure.HResult);
    }

    [Fact]
    public void A_folder_that_cannot_be_opened_is_an_error_that_names_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names are the file system's own business there");
        var folder = Directory.CreateTempSubdirectory("rb-sync-").FullName;
        DiskSync.Names(folder);
        using (var file = File.OpenHandle(Path.Combine(folder, "f"), FileMode.Create, FileAccess.Write))
        {
            DiskSync.Content(file, "f");
        }

        Directory.Delete(folder, recursive: true);

        Assert.Contains(
            folder, Assert.Throws<IOException>(() => DiskSync.Names(folder)).Message, StringComparison.Ordinal);
    }
}
