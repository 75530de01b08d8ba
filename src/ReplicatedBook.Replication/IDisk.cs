namespace ReplicatedBook.Replication;

/// <summary>The disk as this project needs it; the seam that simulation replaces. Blocking; safe from several threads
/// on
/// different files.</summary>
/// <remarks>Every failure is an <see cref="IOException"/>, a lack of room a <see cref="DiskFullException"/>. Nothing is
/// durable until it was synced: content by <see cref="IDiskFile.Sync"/>, names by <see
/// cref="SyncDirectory"/>.</remarks>
public interface IDisk
{
    /// <summary>Creates a directory and its parents where they are missing; its name is durable when the call
    /// returns.</summary>
    void CreateDirectory(string path);

    /// <summary>Names of the files in a directory, without path, in ordinal order.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Names of the directories in a directory, without path, in ordinal order.</summary>
    IReadOnlyList<string> ListDirectories(string directory);

    /// <summary>Opens a file for reading and writing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="create">True: it must not exist and is created empty; false: it must exist.</param>
    IDiskFile Open(string path, bool create);

    /// <summary>Replaces <paramref name="to"/> by <paramref name="from"/> in one step; both are in one directory, or
    /// one is in a directory within the other's.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file; nothing when it does not exist.</summary>
    void Delete(string path);

    /// <summary>Makes creations, renames and removals in a directory durable.</summary>
    /// <exception cref="IOException">They may not be; never to be tried again, so no
    /// <see cref="DiskFullException"/>.</exception>
    void SyncDirectory(string path);

    /// <summary>Takes the only lock on a data directory, for as long as the result lives.</summary>
    /// <exception cref="DirectoryInUseException">Another process or instance holds it.</exception>
    IDisposable Lock(string directory);
}

/// <summary>An open file.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Size in bytes.</summary>
    long Length { get; }

    /// <summary>Reads at an offset until the buffer is full or the file ends.</summary>
    /// <returns>Bytes read.</returns>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes all bytes at an offset, growing the file where needed.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts or extends the file; new bytes are zero.</summary>
    void SetLength(long length);

    /// <summary>Returns once content and size are on the disk.</summary>
    /// <exception cref="IOException">They may not be; never to be tried again (RELIABILITY: the pages may be
    /// gone).</exception>
    void Sync();
}

/// <summary>Another process works on this data directory.</summary>
public sealed class DirectoryInUseException(string message) : IOException(message);

/// <summary>There is no room, or the owner's quota is used up; the operation may have been done in part.</summary>
public sealed class DiskFullException(string message, int errorCode) : IOException(message, errorCode);
