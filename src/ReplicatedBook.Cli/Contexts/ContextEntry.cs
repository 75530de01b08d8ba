namespace ReplicatedBook.Cli.Contexts;

/// <summary>A cluster and who one is there.</summary>
/// <param name="Endpoints">Its nodes, with commas between.</param>
/// <param name="User">Name of the user.</param>
/// <param name="AccessToken">What goes with every request.</param>
/// <param name="RefreshToken">What the next access token is got with.</param>
/// <param name="Authority">Path of the file with the authority whose nodes are trusted over https; null for those of
/// the machine.</param>
internal sealed record ContextEntry(
    string Endpoints, string User, string AccessToken, string RefreshToken, string? Authority);
