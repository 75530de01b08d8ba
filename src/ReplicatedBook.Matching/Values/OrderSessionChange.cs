namespace ReplicatedBook.Matching.Values;

/// <summary>What became of a session of orders: it was opened, or why it ended.</summary>
/// <remarks>The numbers are in the log and on the wire: never renumber one, never use one again.</remarks>
public enum OrderSessionChange : byte
{
    /// <summary>It was opened.</summary>
    Opened = 0,

    /// <summary>It ended because its user's connection was closed or lost.</summary>
    Closed = 1,

    /// <summary>It ended because its node was not heard of for the time of the lease.</summary>
    LeaseExpired = 2,

    /// <summary>It ended because its node was started again.</summary>
    NodeRestarted = 3,

    /// <summary>It ended because its user was disabled.</summary>
    UserDisabled = 4,
}
