namespace ReplicatedBook.Replication.Storage;

/// <summary>An undamaged file has a layout that this program does not know, most likely a later one.</summary>
public sealed class StorageVersionException(string file, uint version)
    : IOException($"{file} has layout version {version}, which this program does not know")
{
    /// <summary>The layout version found.</summary>
    public uint Version { get; } = version;
}
