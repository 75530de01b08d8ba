using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api;

namespace ReplicatedBook.Node.Gateway;

/// <summary>What never changes of a prediction market: its names, and how its numbers are read and written.</summary>
/// <param name="outcomes">Its instruments, in order of outcome; at least two.</param>
internal sealed class MarketTerms(IReadOnlyList<InstrumentTerms> outcomes)
{
    public PredictionMarketId Id => outcomes[0].Market;

    /// <summary>Its id for clients, which is its event's.</summary>
    public string Name { get; } = outcomes[0].Outcome!.Market;

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<InstrumentTerms> Outcomes => outcomes;

    /// <summary>What its shares are paid in.</summary>
    public AssetView Collateral => outcomes[0].Quote;

    public string Format(Quantity shares) => outcomes[0].Format(shares);

    public string Format(Amount collateral) => DecimalText.Format(collateral.Units, Collateral.Scale);
}
