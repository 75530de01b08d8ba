using ReplicatedBook.Consensus;

namespace ReplicatedBook.Replication;

/// <summary>What became of a change of the membership.</summary>
/// <param name="Result">How far it came.</param>
/// <param name="Refusal">Why it was refused; none unless it was.</param>
/// <param name="Index">Log index of its entry; 0 unless done.</param>
/// <param name="Term">Term of that entry; 0 unless done.</param>
public readonly record struct MembershipOutcome(
    MembershipResult Result, MembershipRefusal Refusal = MembershipRefusal.None, long Index = 0, long Term = 0)
{
    /// <summary>A change that was not appended, or whose entry was replaced.</summary>
    public static MembershipOutcome Refused(MembershipRefusal refusal) => new(MembershipResult.Refused, refusal);
}
