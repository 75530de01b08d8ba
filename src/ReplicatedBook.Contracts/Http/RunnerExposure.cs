namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account stands to win or lose by one runner; a loss is negative.</summary>
/// <param name="MarketId">The market.</param>
/// <param name="RunnerId">The runner.</param>
/// <param name="Instrument">Its symbol.</param>
/// <param name="Currency">Asset of the amounts.</param>
/// <param name="IfWin">Result of all matched bets in the market if this runner alone wins, commission not
/// counted.</param>
/// <param name="IfLose">Result of the matched bets on this runner if it does not win.</param>
/// <param name="Liability">Held for unmatched bets on this runner.</param>
public sealed record RunnerExposure(
    string MarketId, string RunnerId, string Instrument, string Currency, string IfWin, string IfLose,
    string Liability);
