using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>Where all units of one asset are; the books are right when both sides are equal
/// (<see cref="IsSound"/>).</summary>
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
    Amount Fees)
{
    /// <summary>Of the balances what open orders hold.</summary>
    public Amount Reserved { get; init; }

    /// <summary>An outcome's shares that there should be: those made less those paid or merged; 0 for other
    /// assets.</summary>
    public Amount Issued { get; init; }

    /// <summary>Locked in prediction markets for their shares.</summary>
    public Amount Pools { get; init; }

    /// <summary>What ended markets could not share out.</summary>
    public Amount Dust { get; init; }

    /// <summary>What trades of bets hold until their markets are settled.</summary>
    public Amount Pots { get; init; }

    /// <summary>Whether all units that came in, or were made, are accounted for.</summary>
    public bool IsSound =>
        (Int128)Deposits.Units - Withdrawals.Units + Issued.Units
        == (Int128)Balances.Units + Fees.Units + Pools.Units + Dust.Units + Pots.Units;
}
