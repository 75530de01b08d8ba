namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>What one run of the command line left.</summary>
/// <param name="ExitCode">As in API.md 6.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record RbResult(int ExitCode, string Output, string Error);
