namespace ReplicatedBook.Node.Security.Rates;

/// <summary>Whether one more request is within its limit.</summary>
/// <param name="IsAllowed">Whether it is; then it has been counted.</param>
/// <param name="Remaining">How many more would be at this moment.</param>
/// <param name="UntilFull">Time until as many would be as ever.</param>
/// <param name="Wait">Time until one would be; zero when allowed.</param>
internal readonly record struct RateVerdict(bool IsAllowed, int Remaining, TimeSpan UntilFull, TimeSpan Wait);
