using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What an account has of one asset, shares valued in it included.</summary>
/// <param name="Asset">The asset; no outcome's shares.</param>
/// <param name="Cash">Available and reserved.</param>
/// <param name="Positions">Value of the shares that pay in it, in its units; marks may add up to more than there
/// is.</param>
public sealed record PortfolioTotalView(AssetId Asset, Amount Cash, Int128 Positions)
{
    /// <summary>Both.</summary>
    public Int128 Total => Cash.Units + Positions;
}
