using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>A bet of <see cref="NaiveTwoRunner"/>.</summary>
internal sealed record NaiveBet(long Id, PlaceBet Given)
{
    public BigInteger Remaining { get; set; } = Given.Stake.Units;

    public BigInteger Matched { get; set; }

    public int Odds => Given.Odds.Hundredths;

    /// <summary>Whether it wins if the first runner does.</summary>
    public bool IsForFirst => (Given.Side == BetSide.Back) == (Given.Runner.Value == BettingVenue.A);

    /// <summary>What it pays or gets for one unit of what the first runner pays, as a fraction.</summary>
    public (BigInteger Numerator, BigInteger Denominator) Price =>
        (Given.Runner.Value == BettingVenue.A ? 100 : Odds - 100, Odds);

    /// <summary>What it needs for what is unmatched.</summary>
    public BigInteger Risk => Given.Side == BetSide.Back
        ? Remaining
        : ((Remaining * (Odds - 100)) + 99) / 100;

    public static int Compare(NaiveBet one, NaiveBet other) =>
        (one.Price.Numerator * other.Price.Denominator).CompareTo(other.Price.Numerator * one.Price.Denominator);
}
