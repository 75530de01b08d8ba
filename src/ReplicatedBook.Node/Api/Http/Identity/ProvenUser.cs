using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>A user whose password was given.</summary>
/// <param name="User">As it was when the password was compared.</param>
/// <param name="NeedsNewHash">Whether the hash has fewer iterations than are asked for now.</param>
internal sealed record ProvenUser(UserView User, bool NeedsNewHash);
