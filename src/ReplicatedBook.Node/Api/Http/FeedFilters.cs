using System.Collections.Frozen;
using ReplicatedBook.Contracts;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What a reader of the feed asked for and may see, for any transport. Safe from any thread.</summary>
internal sealed class FeedFilters(Lookup lookup, ReadGateway reads)
{
    /// <summary>Makes a filter.</summary>
    /// <param name="caller">Who reads.</param>
    /// <param name="types">Wanted types; null for all.</param>
    /// <param name="symbol">An instrument's symbol or a market's id; null for all.</param>
    /// <param name="account">Wanted account; null for all.</param>
    public async ValueTask<Bound<FeedFilter>> MakeAsync(
        Caller caller, FrozenSet<string>? types, string? symbol, AccountId? account)
    {
        var filter = new FeedFilter(types, null, account);
        if (!caller.ReadsAll)
        {
            var own = await reads.ReadAsync(
                ReadOptions.Strong with { IsStrong = false }, exchange => exchange.OwnAccounts(caller));
            if (own.Failure is { } failure)
            {
                return Bound<FeedFilter>.Refused(Problems.Of(failure));
            }

            var viewer = new FeedViewer(caller.User, own.Reading.Value!);
            if (account is { } named && !viewer.Sees(named))
            {
                return Bound<FeedFilter>.Refused(Problems.NotFound("no such account"));
            }

            filter = filter with { Viewer = viewer };
        }

        return symbol is null ? new Bound<FeedFilter>(filter, null) : await NarrowAsync(filter, symbol);
    }

    /// <summary>Adds what a symbol or the id of a market names. One that may be of bets is not looked up: it may be
    /// created later.</summary>
    private async ValueTask<Bound<FeedFilter>> NarrowAsync(FeedFilter filter, string symbol)
    {
        var timeout = ReadOptions.Strong.Timeout;
        var found = await lookup.InstrumentAsync(symbol, timeout);
        if (found.Value is { } terms)
        {
            return new Bound<FeedFilter>(
                filter with { Instrument = terms.Id, Market = terms.Market.Value == 0 ? null : terms.Market }, null);
        }

        if (found.Failure?.Code != ProblemCodes.NotFound)
        {
            return Bound<FeedFilter>.Refused(Problems.Of(found.Failure!));
        }

        if (IdText.ToMarketOrRunner(symbol) is { } bets)
        {
            return new Bound<FeedFilter>(filter with { Bets = bets }, null);
        }

        var market = await lookup.MarketAsync(symbol, timeout);
        return market.Value is { } known
            ? new Bound<FeedFilter>(filter with { Market = known.Id }, null)
            : Bound<FeedFilter>.Refused(Problems.Of(
                market.Failure?.Code == ProblemCodes.NotFound ? found.Failure : market.Failure!));
    }
}
