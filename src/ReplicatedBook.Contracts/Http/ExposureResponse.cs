namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account stands to win or lose in betting markets that are not paid out to it.</summary>
/// <param name="Items">Every runner of every market that it has bet in.</param>
public sealed record ExposureResponse(IReadOnlyList<RunnerExposure> Items);
