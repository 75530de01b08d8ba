namespace ReplicatedBook.Consensus;

/// <summary>Where an election stands.</summary>
internal enum VoteResult : byte
{
    /// <summary>Answers that are still out may decide it either way.</summary>
    Pending = 0,

    /// <summary>A majority (both majorities of a joint configuration) said yes.</summary>
    Won = 1,

    /// <summary>No majority can say yes any more.</summary>
    Lost = 2,
}
