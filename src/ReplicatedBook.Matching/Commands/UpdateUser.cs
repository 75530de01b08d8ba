using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Changes what a user may do. Other roles and being disabled end the user's access tokens; being disabled
/// ends the sessions too.</summary>
/// <param name="User">Whom.</param>
/// <param name="Roles">At least one; null leaves them as they are.</param>
/// <param name="IsDisabled">Whether the user is kept out; null leaves it as it is.</param>
/// <param name="ExpectedVersion">Refused if the user has changed since; 0 for any.</param>
public readonly record struct UpdateUser(UserId User, Roles? Roles, bool? IsDisabled, long ExpectedVersion);
