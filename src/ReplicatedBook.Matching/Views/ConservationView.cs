using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>Where all units of one asset are; the books are right when both sides are equal.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Deposits">All ever credited from outside.</param>
/// <param name="Withdrawals">All ever debited to outside.</param>
/// <param name="Balances">Available plus reserved of all accounts.</param>
/// <param name="Fees">Collected by the venue, sub-unit remainders of trades included.</param>
public sealed record ConservationView(
    AssetView Asset,
    Amount Deposits,
    Amount Withdrawals,
    Amount Balances,
    Amount Fees);
