namespace ReplicatedBook.Replication;

/// <summary>Answer to one change of the membership.</summary>
/// <param name="RequestId">As given to <see cref="Replica.ChangeMembership"/>.</param>
/// <param name="Outcome">What became of it.</param>
public readonly record struct CompletedChange(long RequestId, MembershipOutcome Outcome);
