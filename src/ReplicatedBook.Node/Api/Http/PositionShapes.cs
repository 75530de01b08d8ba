using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Gateway;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Positions and portfolios as clients see them.</summary>
internal static class PositionShapes
{
    public static PositionResponse Of(PositionView position, InstrumentTerms terms) => new(
        terms.Symbol,
        terms.Outcome!.Market,
        terms.Outcome.Outcome,
        terms.Format(position.Quantity),
        terms.Format(position.Reserved),
        terms.FormatAverage(position.Cost, position.Quantity),
        Money(position.Cost, terms),
        DecimalText.Format(position.Realized, terms.Quote.Scale),
        position.MarkHalfTicks == 0 ? null : terms.FormatHalfTicks(position.MarkHalfTicks),
        Money(position.Value, terms),
        Money(position.Unrealized, terms),
        terms.Quote.Symbol);

    public static PortfolioTotal Of(PortfolioTotalView total, AssetView asset) => new(
        asset.Symbol,
        DecimalText.Format(total.Cash.Units, asset.Scale),
        DecimalText.Format(total.Positions, asset.Scale),
        DecimalText.Format(total.Total, asset.Scale));

    private static string Money(Amount amount, InstrumentTerms terms) =>
        DecimalText.Format(amount.Units, terms.Quote.Scale);
}
