using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Keeps a stronger hash of the password that a user has just logged in with; tokens and sessions go
/// on.</summary>
/// <param name="User">Whom.</param>
/// <param name="TokenVersion">What it was when the password was verified; refused if it is another by now.</param>
/// <param name="PasswordHash">As in <see cref="CreateUser"/>.</param>
public readonly record struct UpgradePasswordHash(UserId User, int TokenVersion, string PasswordHash);
