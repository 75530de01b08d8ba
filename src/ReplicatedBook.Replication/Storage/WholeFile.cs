namespace ReplicatedBook.Replication.Storage;

/// <summary>Files read or made in one go. Blocking; safe from several threads on different files.</summary>
public static class WholeFile
{
    /// <summary>Reads all of a file.</summary>
    /// <exception cref="StorageDamagedException">It is longer than any of our files can be.</exception>
    public static byte[] Read(IDisk disk, string path)
    {
        using var file = disk.Open(path, create: false);
        var length = file.Length;
        if (length > Array.MaxLength)
        {
            throw new StorageDamagedException(path, Array.MaxLength, $"a file of {length} bytes is never written");
        }

        var content = new byte[length];
        var read = file.Read(0, content);
        return read == length ? content : throw new IOException($"{path}: {read} of {length} bytes could be read");
    }

    /// <summary>Makes a file that after a crash exists whole or not at all.</summary>
    /// <param name="disk">Where to.</param>
    /// <param name="directory">Directory of the file.</param>
    /// <param name="name">Its name; a file that has it is replaced.</param>
    /// <param name="write">Writes the content; the content is synced afterwards.</param>
    /// <returns>Path of the file, which is durable, its name too.</returns>
    /// <exception cref="DiskFullException">There was no room; nothing is left of it.</exception>
    public static string Create(IDisk disk, string directory, string name, Action<IDiskFile> write)
    {
        var path = Path.Combine(directory, name);
        var temporary = path + FileNames.Temporary;
        disk.Delete(temporary);
        try
        {
            using (var file = disk.Open(temporary, create: true))
            {
                write(file);
                file.Sync();
            }

            disk.Rename(temporary, path);
        }
        catch (DiskFullException)
        {
            disk.Delete(temporary);
            throw;
        }

        disk.SyncDirectory(directory);
        return path;
    }
}
