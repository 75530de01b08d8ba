using Microsoft.Win32.SafeHandles;

namespace ReplicatedBook.Replication.Storage;

/// <summary>A file of the real disk.</summary>
internal sealed class DurableFile : IDiskFile
{
    private const uint OwnerOnly = 0x180; // 0600

    private readonly string _path;
    private readonly SafeFileHandle _handle;

    private DurableFile(string path, SafeFileHandle handle)
    {
        _path = path;
        _handle = handle;
    }

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>Opens a file; a new one is readable and writable by its owner only.</summary>
    public static DurableFile Open(string path, bool create) => new(path, OpenHandle(
        path,
        NativeMethods.OpenReadWrite | (create ? NativeMethods.OpenCreate | NativeMethods.OpenExclusive : 0)));

    /// <summary>Opens a file or directory by flags of open(2).</summary>
    public static SafeFileHandle OpenHandle(string path, int flags)
    {
        while (true)
        {
            var handle = NativeMethods.Open(path, flags | NativeMethods.OpenCloseOnExec, OwnerOnly);
            if (!handle.IsInvalid)
            {
                return handle;
            }

            var error = NativeMethods.LastError("open", path);
            handle.Dispose();
            if (error.HResult != NativeMethods.ErrorInterrupted)
            {
                throw error;
            }
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> buffer)
    {
        var read = 0;
        while (read < buffer.Length && RandomAccess.Read(_handle, buffer[read..], offset + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (IOException exception)
            when (exception.HResult is NativeMethods.ErrorNoSpace or NativeMethods.ErrorQuota)
        {
            throw new DiskFullException($"{_path}: {exception.Message}", exception.HResult);
        }
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        if (NativeMethods.Truncate(_handle, length) != 0)
        {
            throw NativeMethods.LastError("ftruncate", _path);
        }
    }

    /// <inheritdoc/>
    public void Sync()
    {
        // Not tried again even when interrupted: what a failed sync left undone, a second one may report as done.
        if (NativeMethods.SyncData(_handle) != 0)
        {
            throw NativeMethods.LastError("fdatasync", _path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
