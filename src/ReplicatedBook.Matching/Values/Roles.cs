namespace ReplicatedBook.Matching.Values;

/// <summary>What a user may do beyond trading on own accounts.</summary>
/// <remarks>The numbers are in the log and in snapshots: never renumber one, never use one again.</remarks>
[Flags]
public enum Roles : byte
{
    None = 0,

    /// <summary>Users, money and markets; covers Operator and Auditor.</summary>
    Admin = 1,

    /// <summary>The cluster: members, leadership, snapshots.</summary>
    Operator = 2,

    /// <summary>Reads all, changes nothing.</summary>
    Auditor = 4,

    /// <summary>Own accounts and orders.</summary>
    User = 8,
}
