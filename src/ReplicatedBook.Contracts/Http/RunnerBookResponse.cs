namespace ReplicatedBook.Contracts.Http;

/// <summary>The unmatched bets on one runner; each level is odds, stake and number of bets.</summary>
/// <param name="RunnerId">The runner.</param>
/// <param name="Instrument">Its symbol.</param>
/// <param name="Backs">Backs from the lowest odds: what a lay meets.</param>
/// <param name="Lays">Lays from the highest odds: what a back meets.</param>
public sealed record RunnerBookResponse(
    string RunnerId, string Instrument, IReadOnlyList<BookLevel> Backs, IReadOnlyList<BookLevel> Lays);
