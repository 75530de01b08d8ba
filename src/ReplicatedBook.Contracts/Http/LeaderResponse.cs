namespace ReplicatedBook.Contracts.Http;

/// <summary>Answer to a transfer of leadership.</summary>
/// <param name="Leader">Who leads now as far as known; absent when none is.</param>
/// <param name="Term">Present term.</param>
public sealed record LeaderResponse(string? Leader, long Term);
