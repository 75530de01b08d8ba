namespace ReplicatedBook.Node.Security.Identity;

/// <summary>What a credential comes to.</summary>
/// <param name="Caller">Set when it holds.</param>
/// <param name="IsExpired">Whether it is an access token that held once, and its time is over.</param>
/// <param name="MayBeNewer">Whether it may be of something that this node does not know yet.</param>
internal readonly record struct Judgement(Caller? Caller, bool IsExpired = false, bool MayBeNewer = false);
