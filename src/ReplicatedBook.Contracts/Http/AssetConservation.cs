namespace ReplicatedBook.Contracts.Http;

/// <summary>Where all of one asset is: deposits less withdrawals and what was issued are balances, fees, collateral,
/// pots and dust.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Ok">Whether both sides are equal.</param>
/// <param name="Deposits">All ever credited from outside.</param>
/// <param name="Withdrawals">All ever debited to outside.</param>
/// <param name="Issued">An outcome's shares that there should be; zero for other assets.</param>
/// <param name="Balances">Of all accounts, what is reserved included.</param>
/// <param name="Reserved">Of the balances what open orders hold.</param>
/// <param name="Fees">Collected by the venue.</param>
/// <param name="Collateral">Locked in prediction markets.</param>
/// <param name="Pots">What matched bets hold until their markets are settled.</param>
/// <param name="Dust">What ended prediction markets could not share out.</param>
public sealed record AssetConservation(
    string Asset,
    bool Ok,
    string Deposits,
    string Withdrawals,
    string Issued,
    string Balances,
    string Reserved,
    string Fees,
    string Collateral,
    string Pots,
    string Dust);
