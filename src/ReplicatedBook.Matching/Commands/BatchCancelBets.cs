using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Cancels a market's open bets that match, of any account, in order of id and in batches. Bets that come
/// after it stay.</summary>
/// <param name="Market">Which.</param>
/// <param name="Account">Whose bets; 0 for anybody's.</param>
/// <param name="Runner">On which runner; 0 for any.</param>
/// <param name="CreatedFrom">Created at this time or later; 0 for any.</param>
/// <param name="CreatedTo">Created at this time or earlier; 0 for any.</param>
/// <param name="BatchSize">Most bets that one log entry looks at, 1 to <see cref="SetBettingState.MaxBatch"/>; 0 for
/// the most.</param>
public readonly record struct BatchCancelBets(
    BettingMarketId Market,
    AccountId Account,
    RunnerId Runner,
    Timestamp CreatedFrom,
    Timestamp CreatedTo,
    int BatchSize);
