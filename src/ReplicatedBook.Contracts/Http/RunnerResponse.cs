namespace ReplicatedBook.Contracts.Http;

/// <summary>One that may win.</summary>
/// <param name="RunnerId">Its id in its market.</param>
/// <param name="Name">For people.</param>
/// <param name="Instrument">Symbol that bets on it are placed with.</param>
/// <param name="Removed">Whether it was removed: no more bets on it, and what is matched is void.</param>
public sealed record RunnerResponse(string RunnerId, string Name, string Instrument, bool Removed);
