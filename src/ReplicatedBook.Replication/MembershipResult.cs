namespace ReplicatedBook.Replication;

/// <summary>How far a change of the membership came.</summary>
public enum MembershipResult : byte
{
    /// <summary>Its entry is committed and applied here.</summary>
    Done = 0,

    /// <summary>It is surely not in force and never will be.</summary>
    Refused = 1,

    /// <summary>It may yet come into force, or has: this node lost the lead first. Look at the members and ask
    /// again.</summary>
    Unknown = 2,

    /// <summary>The node is stopping or its disk has failed; surely not in force.</summary>
    ShuttingDown = 3,
}
