namespace ReplicatedBook.Replication.Storage;

/// <summary>Files are damaged in a way that no crash explains; a person or the peers must help.</summary>
public sealed class StorageDamagedException(string file, long offset, string what)
    : IOException($"{file} is damaged at byte {offset}: {what}")
{
    /// <summary>The damaged file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file the damage was seen.</summary>
    public long Offset { get; } = offset;
}
