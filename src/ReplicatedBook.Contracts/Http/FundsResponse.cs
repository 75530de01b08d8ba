namespace ReplicatedBook.Contracts.Http;

/// <summary>A posted deposit or withdrawal.</summary>
/// <param name="LedgerId">Its id.</param>
/// <param name="Balance">The balance after it.</param>
/// <param name="Receipt">Where it stands in the log.</param>
public sealed record FundsResponse(string LedgerId, BalanceResponse Balance, Receipt? Receipt);
