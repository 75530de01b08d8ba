using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using Side = ReplicatedBook.Contracts.Grpc.Side;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Finds the units in which a call counts. Safe from any thread.</summary>
internal sealed class UnitLookup(Lookup lookup, GrpcGate gate)
{
    /// <summary>Of what an order is for.</summary>
    /// <param name="call">The call; a caller whom its route will refuse is not looked up for.</param>
    /// <param name="policy">Of that route.</param>
    /// <param name="symbol">As given.</param>
    /// <param name="side">Says whether a runner is meant.</param>
    public async ValueTask<GrpcAnswer<UnitTerms>> ForAsync(GrpcCall call, RoutePolicy policy, string symbol, Side side)
    {
        if (!IdText.IsId(symbol) || !await gate.WouldLetInAsync(call, policy))
        {
            return UnitTerms.Any; // The route says what is wrong.
        }

        return await OfAsync(symbol, side is Side.Back or Side.Lay, TimeoutOf(call));
    }

    /// <summary>Of what an answer is about.</summary>
    public async ValueTask<UnitTerms> OfAnswerAsync(string symbol, string side)
    {
        var found = await OfAsync(symbol, side is "back" or "lay", ReadOptions.Strong.Timeout);
        return found.Message ?? throw new InvalidOperationException($"an answer names {symbol}, which is not there");
    }

    /// <summary>Of an asset.</summary>
    public async ValueTask<GrpcAnswer<AssetView>> AssetAsync(GrpcCall call, RoutePolicy policy, string symbol)
    {
        if (!await gate.WouldLetInAsync(call, policy))
        {
            return new AssetView(default, symbol, 0);
        }

        var found = await lookup.AssetAsync(symbol, TimeoutOf(call));
        return found.Value is { } asset ? asset : GrpcStatus.Of(Problems.Of(found.Failure!));
    }

    /// <summary>Of a prediction market.</summary>
    public async ValueTask<GrpcAnswer<UnitTerms>> MarketAsync(GrpcCall call, RoutePolicy policy, string name)
    {
        if (!await gate.WouldLetInAsync(call, policy))
        {
            return UnitTerms.Any;
        }

        var found = await lookup.MarketAsync(name, TimeoutOf(call));
        return found.Value is { } market
            ? UnitTerms.Of(market.Outcomes[0])
            : GrpcStatus.Of(Problems.Of(found.Failure!));
    }

    private async ValueTask<GrpcAnswer<UnitTerms>> OfAsync(string symbol, bool isBet, TimeSpan timeout)
    {
        if (!isBet)
        {
            var found = await lookup.InstrumentAsync(symbol, timeout);
            return found.Value is { } terms ? UnitTerms.Of(terms) : GrpcStatus.Of(Problems.Of(found.Failure!));
        }

        if (IdText.ToRunnerSymbol(symbol) is not { } runner)
        {
            return UnitTerms.Any; // The route says what is wrong.
        }

        var betting = await lookup.BettingMarketAsync(runner.Market, timeout);
        return betting.Value is { } market ? UnitTerms.Of(market) : GrpcStatus.Of(Problems.Of(betting.Failure!));
    }

    private static TimeSpan TimeoutOf(GrpcCall call) => call.Remaining is { } left && left < ReadOptions.Strong.Timeout
        ? left
        : ReadOptions.Strong.Timeout;
}
