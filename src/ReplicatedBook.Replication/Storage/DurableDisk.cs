using Microsoft.Win32.SafeHandles;

namespace ReplicatedBook.Replication.Storage;

/// <summary>The machine's disk. Files are readable by their owner only; every failure to sync is seen.</summary>
public sealed class DurableDisk : IDisk
{
    private const string LockName = "lock";

    private const uint OwnerOnly = 0x1C0; // 0700

    /// <summary>Checks that a failing sync is reported here at all.</summary>
    /// <exception cref="PlatformNotSupportedException">It is not, or this is not Linux: nothing could be
    /// promised.</exception>
    public DurableDisk()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("the storage's system calls and their numbers are those of Linux");
        }

        using var nothing = new SafeFileHandle(-1, ownsHandle: false);
        CheckReportsErrors("fdatasync", NativeMethods.SyncData(nothing), NativeMethods.LastError("fdatasync", "-1"));
        CheckReportsErrors("fsync", NativeMethods.Sync(nothing), NativeMethods.LastError("fsync", "-1"));
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        var missing = new Stack<string>();
        for (var at = Path.GetFullPath(path); !Directory.Exists(at); at = Path.GetDirectoryName(at)!)
        {
            missing.Push(at);
        }

        foreach (var directory in missing)
        {
            if (NativeMethods.MakeDirectory(directory, OwnerOnly) != 0)
            {
                var error = NativeMethods.LastError("mkdir", directory);
                if (!Directory.Exists(directory))
                {
                    throw error;
                }

                // Another node that starts beside this one was faster; its name is synced below all the same.
            }

            SyncDirectory(Path.GetDirectoryName(directory)!);
        }

        if (missing.Count == 0 && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            // Perhaps made just before a process ended: nobody has synced its name then.
            SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory)
    {
        var names = Directory.GetFiles(directory).Select(path => Path.GetFileName(path)!).ToArray();
        Array.Sort(names, string.CompareOrdinal);
        return names;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListDirectories(string directory)
    {
        var names = Directory.GetDirectories(directory).Select(path => Path.GetFileName(path)!).ToArray();
        Array.Sort(names, string.CompareOrdinal);
        return names;
    }

    /// <inheritdoc/>
    public IDiskFile Open(string path, bool create) => DurableFile.Open(path, create);

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (NativeMethods.Rename(from, to) != 0)
        {
            throw NativeMethods.LastError("rename", $"{from} to {to}");
        }
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (NativeMethods.Unlink(path) != 0
            && NativeMethods.LastError("unlink", path) is not FileNotFoundException and var error)
        {
            throw error;
        }
    }

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        using var directory = DurableFile.OpenHandle(path, NativeMethods.OpenReadOnly | NativeMethods.OpenDirectory);
        if (NativeMethods.Sync(directory) != 0)
        {
            var error = NativeMethods.LastError("fsync", path);
            throw new IOException(error.Message, error.HResult); // Whatever its cause, it is not to be tried again.
        }
    }

    /// <inheritdoc/>
    /// <remarks>The lock is flock(2) on the file <c>lock</c>: it ends with the process, however that ends, and a second
    /// open in the same process is refused as well.</remarks>
    public IDisposable Lock(string directory)
    {
        var path = Path.Combine(directory, LockName);
        var handle = DurableFile.OpenHandle(path, NativeMethods.OpenReadWrite | NativeMethods.OpenCreate);
        try
        {
            while (NativeMethods.Lock(handle, NativeMethods.LockExclusive | NativeMethods.LockNoWait) != 0)
            {
                var error = NativeMethods.LastError("flock", path);
                if (error.HResult == NativeMethods.ErrorWouldBlock)
                {
                    throw new DirectoryInUseException(
                        $"another process or instance works on {Path.GetFullPath(directory)}");
                }

                if (error.HResult != NativeMethods.ErrorInterrupted)
                {
                    throw error;
                }
            }

            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void CheckReportsErrors(string call, int result, IOException error)
    {
        if (result != -1 || error.HResult != NativeMethods.ErrorBadDescriptor)
        {
            throw new PlatformNotSupportedException(
                $"{call} of an invalid file returned {result}, errno {error.HResult}: failures would go unseen");
        }
    }
}
