using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ReplicatedBook.Replication.Storage;

/// <summary>Calls to the C library, because .NET 10 hides a failing fsync and cannot sync a directory at all. Linux
/// only.</summary>
/// <remarks>No <c>unsafe</c> is written here; the generated stubs pin names and handles for the time of the
/// call.</remarks>
internal static partial class NativeMethods
{
    public const int OpenReadOnly = 0;
    public const int OpenReadWrite = 2;
    public const int OpenCreate = 0x40;
    public const int OpenExclusive = 0x80;
    public const int OpenCloseOnExec = 0x80000;
    public const int LockExclusive = 2;
    public const int LockNoWait = 4;

    public const int ErrorNoEntry = 2;
    public const int ErrorInterrupted = 4;
    public const int ErrorBadDescriptor = 9;
    public const int ErrorWouldBlock = 11;
    public const int ErrorNoSpace = 28;
    public const int ErrorQuota = 122;

    /// <summary>O_DIRECTORY, one of the few flags with another number on ARM.</summary>
    public static int OpenDirectory =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(SafeFileHandle file, long length);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeDirectory(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unlink(string path);

    /// <summary>The last call's failure, with errno as text and as <see cref="Exception.HResult"/>.</summary>
    public static IOException LastError(string call, string path)
    {
        var errno = Marshal.GetLastPInvokeError();
        var message = $"{call} {path}: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})";
        return errno switch
        {
            ErrorNoEntry => new FileNotFoundException(message, path),
            ErrorNoSpace or ErrorQuota => new DiskFullException(message, errno),
            _ => new IOException(message, errno),
        };
    }
}
