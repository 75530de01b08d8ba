using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReplicatedBook.Cli;

/// <summary>Waits until files are on the disk, by direct calls: on .NET 10 <c>Flush(true)</c> returns normally when
/// fsync fails, and a directory cannot be synced at all.</summary>
internal static class DiskSync
{
    private const int ReadOnly = 0;

    /// <summary>Returns once the content of a file is on the disk.</summary>
    /// <exception cref="IOException">It may not be.</exception>
    public static void Content(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file); // There is no fsync there to be hidden.
        }
        else if (Fsync(file) != 0)
        {
            throw Failure("fsync", path);
        }
    }

    /// <summary>Returns once creations and renames in a folder are on the disk.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    public static void Names(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Names are the file system's own business there.
        }

        using var handle = OpenFolder(folder, ReadOnly);
        if (handle.IsInvalid)
        {
            throw Failure("open", folder);
        }

        Content(handle, folder);
    }

    private static IOException Failure(string call, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new IOException($"{call} {path}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})", errno);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern SafeFileHandle OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(SafeFileHandle file);
}
