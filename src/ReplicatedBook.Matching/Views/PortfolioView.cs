using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>All that an account has at one moment.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Balances">In order of asset id, shares included.</param>
/// <param name="Positions">Of prediction markets, in order of asset id.</param>
/// <param name="Totals">For every asset that it has or that its shares are paid in, in order of asset id.</param>
public sealed record PortfolioView(
    AccountId Account,
    IReadOnlyList<BalanceView> Balances,
    IReadOnlyList<PositionView> Positions,
    IReadOnlyList<PortfolioTotalView> Totals);
