using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Gives a user another password, which ends all access tokens and sessions.</summary>
/// <param name="User">Whom.</param>
/// <param name="PasswordHash">As in <see cref="CreateUser"/>.</param>
/// <param name="ExpectedTokenVersion">Refused if the token version is another by now, so that of two changes at once
/// one is told; 0 for any.</param>
public readonly record struct SetPassword(UserId User, string PasswordHash, int ExpectedTokenVersion);
