namespace ReplicatedBook.Cli.Contexts;

/// <summary>A cluster and who one is there.</summary>
/// <param name="Endpoints">Its nodes, with commas between.</param>
/// <param name="User">Name of the user.</param>
/// <param name="AccessToken">What goes with every request.</param>
/// <param name="RefreshToken">What the next access token is got with.</param>
internal sealed record ContextEntry(string Endpoints, string User, string AccessToken, string RefreshToken);
