using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>A user, without anything secret.</summary>
/// <param name="Id">Which.</param>
/// <param name="Username">Unique for ever.</param>
/// <param name="Roles">At least one.</param>
/// <param name="IsDisabled">Whether kept out.</param>
/// <param name="TokenVersion">From 1; access tokens of another version are void.</param>
/// <param name="Version">Log index of the last change.</param>
/// <param name="CreatedIndex">Log index that added the user.</param>
/// <param name="CreatedAt">When.</param>
public sealed record UserView(
    UserId Id,
    string Username,
    Roles Roles,
    bool IsDisabled,
    int TokenVersion,
    long Version,
    long CreatedIndex,
    Timestamp CreatedAt);
