namespace ReplicatedBook.Contracts.Http;

/// <summary>A transfer between accounts.</summary>
/// <param name="LedgerId">The line of the account that gave.</param>
/// <param name="FromAccount">Who gave.</param>
/// <param name="ToAccount">Who got.</param>
/// <param name="Asset">The asset.</param>
/// <param name="Amount">How much.</param>
/// <param name="Balance">What the account that gave has after it.</param>
/// <param name="Receipt">Where it stands in the log.</param>
public sealed record TransferResponse(
    string LedgerId, string FromAccount, string ToAccount, string Asset, string Amount, BalanceResponse Balance,
    Receipt? Receipt);
