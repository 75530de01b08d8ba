using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>A user came or changed; shows the user after it, without anything secret.</summary>
/// <param name="User">Who.</param>
/// <param name="Username">The name.</param>
/// <param name="Roles">The roles.</param>
/// <param name="IsDisabled">Whether kept out.</param>
/// <param name="TokenVersion">Access tokens of another version are void.</param>
public readonly record struct UserChanged(
    UserId User, string Username, Roles Roles, bool IsDisabled, int TokenVersion);
