namespace ReplicatedBook.Replication.Storage;

/// <summary>Whose data a directory holds; written into every file's header and checked when it is opened.</summary>
/// <param name="ClusterId">1 to 64 characters of <c>A-Za-z0-9._:-</c>.</param>
/// <param name="NodeId">The member's name.</param>
public sealed record StorageIdentity(string ClusterId, string NodeId)
{
    private const int MaxLength = 64;

    /// <exception cref="ArgumentException">One of the names has other characters or another length.</exception>
    internal void Check()
    {
        Check(ClusterId, nameof(ClusterId));
        Check(NodeId, nameof(NodeId));
    }

    private static void Check(string name, string what)
    {
        if (name.Length is 0 or > MaxLength || !name.All(c => char.IsAsciiLetterOrDigit(c) || "._:-".Contains(c)))
        {
            throw new ArgumentException($"'{name}' must be 1 to {MaxLength} characters of A-Za-z0-9._:-", what);
        }
    }
}
