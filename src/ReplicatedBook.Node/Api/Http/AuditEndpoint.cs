using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>The route that says whether all money is accounted for (API.md 2.2), on any node at any index.</summary>
internal sealed class AuditEndpoint(Reads reads, Answers answers)
{
    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/audit/conservation", (RequestDelegate)GetAsync).For(RoutePolicy.Auditor)
            .Describe<ConservationResponse>(
                "GetConservation", "Whether all that came in is in balances, fees or locked, per asset and market.",
                200,
                RouteContract.Read());

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        if (await reads.RunAsync(
            http, options, static exchange => (
                Assets: exchange.Conservation(), Markets: exchange.PredictionMarkets,
                Betting: exchange.BettingMarkets))
            is not { } reading)
        {
            return;
        }

        AssetConservation[] assets = [.. reading.Value.Assets.Select(Of)];
        MarketConservation[] markets = [.. reading.Value.Markets.Select(Of)];
        BettingMarketConservation[] betting = [.. reading.Value.Betting.Select(Of)];
        answers.Write(
            http, StatusCodes.Status200OK,
            new ConservationResponse(
                assets.All(asset => asset.Ok) && markets.All(market => market.Ok) && betting.All(market => market.Ok),
                reading.Index, assets, markets, betting),
            ResponseJson.Default.ConservationResponse);
    }

    private static AssetConservation Of(ConservationView view)
    {
        return new AssetConservation(
            view.Asset.Symbol, view.IsSound, Text(view.Deposits), Text(view.Withdrawals), Text(view.Issued),
            Text(view.Balances), Text(view.Reserved), Text(view.Fees), Text(view.Pools), Text(view.Pots),
            Text(view.Dust));

        string Text(Amount amount) => DecimalText.Format(amount.Units, view.Asset.Scale);
    }

    private static MarketConservation Of(PredictionMarketView view) => new(
        view.EventId,
        view.IsSound(),
        EnumText.Of(view.Status),
        DecimalText.Format(view.OpenInterest.Lots, view.ShareScale),
        DecimalText.Format(view.Pool.Units, view.Collateral.Scale));

    private static BettingMarketConservation Of(BettingMarketView view) => new(
        IdText.Of(view.Id),
        view.IsSound,
        EnumText.Of(view.State),
        DecimalText.Format(view.Matched.Units, view.Currency.Scale),
        DecimalText.Format(view.Pot.Units, view.Currency.Scale));
}
