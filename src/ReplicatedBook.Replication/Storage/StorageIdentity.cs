namespace ReplicatedBook.Replication.Storage;

/// <summary>Whose data a directory holds; written into every file's header and checked when it is opened.</summary>
/// <param name="ClusterId">1 to 64 characters of <c>A-Za-z0-9._:-</c>.</param>
/// <param name="NodeId">The member's name.</param>
public sealed record StorageIdentity(string ClusterId, string NodeId);
