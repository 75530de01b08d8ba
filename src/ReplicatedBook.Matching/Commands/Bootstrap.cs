namespace ReplicatedBook.Matching.Commands;

/// <summary>Makes the first administrator; refused for ever once any user has had that role.</summary>
/// <param name="Username">As in <see cref="CreateUser"/>.</param>
/// <param name="PasswordHash">As in <see cref="CreateUser"/>.</param>
public readonly record struct Bootstrap(string Username, string PasswordHash);
