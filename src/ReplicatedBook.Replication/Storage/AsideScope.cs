namespace ReplicatedBook.Replication.Storage;

/// <summary>Which files are moved out of use.</summary>
/// <remarks>The numbers are on disk: never renumber one, never use one again.</remarks>
internal enum AsideScope : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The log, and snapshots that are damaged.</summary>
    Damaged = 1,

    /// <summary>All but term and vote.</summary>
    All = 2,
}
