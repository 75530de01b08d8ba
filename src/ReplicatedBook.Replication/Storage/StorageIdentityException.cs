namespace ReplicatedBook.Replication.Storage;

/// <summary>An undamaged file belongs to another cluster or node: a wrong data directory or a copied one.</summary>
public sealed class StorageIdentityException(string file, StorageIdentity found, StorageIdentity expected)
    : IOException(
        $"{file} belongs to node {found.NodeId} of cluster {found.ClusterId}, "
        + $"not to node {expected.NodeId} of cluster {expected.ClusterId}")
{
    /// <summary>The foreign file.</summary>
    public string File { get; } = file;

    /// <summary>Whose data it holds.</summary>
    public StorageIdentity Found { get; } = found;
}
