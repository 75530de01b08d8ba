namespace ReplicatedBook.Matching.Values;

/// <summary>What a credential may be used for, within its user's roles.</summary>
/// <remarks>The numbers are in the log and in snapshots: never renumber one, never use one again.</remarks>
[Flags]
public enum Scopes : byte
{
    None = 0,

    /// <summary>Requests that change nothing.</summary>
    Read = 1,

    /// <summary>Requests that do.</summary>
    Trade = 2,
}
