namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer to a change of the membership: it is in force.</summary>
/// <param name="NodeId">The member that was changed.</param>
/// <param name="Change">added, promoted or removed.</param>
/// <param name="Index">Log index of the entry; absent where it is only known that the change is in force.</param>
/// <param name="Term">Term of that entry; absent likewise.</param>
public sealed record MemberChangeResponse(string NodeId, string Change, long? Index, long? Term);
