using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Says what of the feed a caller is told. Safe from any thread.</summary>
internal sealed class FeedFilters(ReadGateway reads, Lookup lookup)
{
    private static readonly ReadOptions Local = ReadOptions.Strong with { IsStrong = false };

    /// <summary>The filter of what a caller asks for and may see.</summary>
    /// <returns>A filter for one reader; or why there is none.</returns>
    public async ValueTask<(FeedFilter? Filter, ApiProblem? Refusal)> ForAsync(
        FeedSelection selection, Caller caller)
    {
        var filter = new FeedFilter(selection.Types, null, selection.Account);
        if (!caller.ReadsAll)
        {
            // The reader is this node's, and so is what it sees.
            var own = await reads.ReadAsync(Local, exchange => exchange.OwnAccounts(caller));
            if (own.Failure is { } failed)
            {
                return (null, Problems.Of(failed));
            }

            var viewer = new FeedViewer(caller.User, own.Reading.Value!);
            if (selection.Account is { } named && !viewer.Sees(named))
            {
                return (null, Problems.NotFound("no such account"));
            }

            filter = filter with { Viewer = viewer };
        }

        if (selection.Symbol is null)
        {
            return (filter, null);
        }

        var (narrowed, failure) = await NarrowAsync(filter, selection.Symbol);
        return failure is null ? (narrowed, null) : (null, Problems.Of(failure));
    }

    /// <summary>Adds what a symbol or the id of a market names. One that may be of bets is not looked up: it may be
    /// created later.</summary>
    private async ValueTask<(FeedFilter Filter, ReadFailure? Failure)> NarrowAsync(FeedFilter filter, string symbol)
    {
        var timeout = ReadOptions.Strong.Timeout;
        var found = await lookup.InstrumentAsync(symbol, timeout);
        if (found.Value is { } terms)
        {
            return (filter with
            {
                Instrument = terms.Id,
                Market = terms.Market.Value == 0 ? null : terms.Market,
            }, null);
        }

        if (found.Failure?.Code != ProblemCodes.NotFound)
        {
            return (filter, found.Failure);
        }

        if (IdText.ToMarketOrRunner(symbol) is { } bets)
        {
            return (filter with { Bets = bets }, null);
        }

        var market = await lookup.MarketAsync(symbol, timeout);
        return market.Value is { } known
            ? (filter with { Market = known.Id }, null)
            : (filter, market.Failure?.Code == ProblemCodes.NotFound ? found.Failure : market.Failure);
    }
}
