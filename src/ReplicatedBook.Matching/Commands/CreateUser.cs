using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Adds a user.</summary>
/// <param name="Username">Unique for ever; a lower-case letter or digit, then 2 to 31 of these, dots, underscores and
/// hyphens.</param>
/// <param name="PasswordHash">What the node that took the password made of it, 1 to 256 printable ASCII characters; it
/// means nothing to the state machine.</param>
/// <param name="Roles">At least one.</param>
/// <param name="OpensAccount">Whether an account is opened for the user too.</param>
public readonly record struct CreateUser(string Username, string PasswordHash, Roles Roles, bool OpensAccount);
