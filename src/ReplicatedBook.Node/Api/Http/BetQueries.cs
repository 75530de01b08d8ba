using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that read bets, and what accounts stand to win or lose by them (API.md 2.2, 2.6).</summary>
internal sealed class BetQueries(Reads reads, Catalog catalog, Answers answers)
{
    private static readonly TextParameter Market = new("market_id", "Only bets of this betting market.");

    private static readonly TextParameter MarketOfExposure = new("market_id", "Only this betting market.");

    private static readonly TextParameter Account = new("account_id", "Only bets of this account.");

    private static readonly WordParameter Status = new(
        "status", "open: those that rest or wait for the delay; closed: those that are still kept.", "open", "open",
        "closed");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/betting/orders", (RequestDelegate)ListAsync).For(RoutePolicy.User).Describe<Page<OrderState>>(
            "ListBets", "Open bets from the newest, or closed ones from the last closed.", 200,
            RouteContract.Read([Market, Account, Status, .. ListOptions.Parameters])
                .Refuses(ProblemCodes.NotFound, ProblemCodes.InvalidField));
        v1.MapGet("/accounts/{account_id}/exposure", (RequestDelegate)GetExposureAsync).For(RoutePolicy.User)
            .Describe<ExposureResponse>(
                "GetExposure", "What an account stands to win or lose in betting markets, by runner.", 200,
                RouteContract.Read(MarketOfExposure).Refuses(ProblemCodes.NotFound));
    }

    /// <summary>Answers with a bet and its trades, or that there is neither order nor bet.</summary>
    public void Answer(HttpContext http, BetCopy? found)
    {
        if (found is null)
        {
            answers.Write(http, Problems.NotFound(OrderQueries.Absent));
            return;
        }

        var terms = catalog.Keep(found.Market);
        answers.Write(
            http, StatusCodes.Status200OK,
            new OrderResponse(BetShapes.Of(found.Bet, terms), BetShapes.Of(found.Fills, terms), null),
            ResponseJson.Default.OrderResponse);
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        var (marketText, accountText) = (query.Text(Market), query.Text(Account));
        var isClosed = query.Word(Status) == "closed";
        if (list.IsAscending)
        {
            query.Refuse("order", "bets are listed newest first; the feed lists them oldest first");
        }

        var defects = new Defects();
        var account = OrderBinder.Account(accountText, "account_id", defects);
        if (answers.Refuse(http, query.Finish() ?? defects.ToProblem()))
        {
            return;
        }

        var market = marketText is null ? default : IdText.ToBettingMarket(marketText) ?? default;
        var first = (int)(list.Cursor?.Position ?? 0);

        // Bets come and go, so later pages are read as of the index of the first.
        options = list.Cursor is { } cursor ? options with { AtIndex = cursor.Index } : options;
        var caller = http.Caller();
        var reading = await reads.RunAsync(http, options, exchange => (
            IsThere: account.Value == 0 || exchange.Shows(caller, account),
            Bets: isClosed
                ? ClosedBets(exchange, caller, market, account, first + list.Limit + 1)
                : OpenBets(exchange, caller, market, account),
            Markets: exchange.BettingMarkets));
        if (reading is not { } read)
        {
            return;
        }

        var (isThere, bets, markets) = read.Value;
        if (!isThere)
        {
            answers.Write(http, Problems.NotFound("no such account"));
            return;
        }

        if (marketText is not null && (market.Value == 0 || market.Value > markets.Count))
        {
            answers.Write(http, Problems.NotFound(BettingQueries.Absent));
            return;
        }

        var items = bets.Skip(first).Take(list.Limit)
            .Select(bet => BetShapes.Of(bet, catalog.Keep(markets[bet.Market.Value - 1]))).ToArray();
        var next = bets.Count > first + list.Limit ? list.NextCursor(read.Index, first + list.Limit, bets.Count) : null;
        answers.Write(
            http, StatusCodes.Status200OK, new Page<OrderState>(items, next), ResponseJson.Default.PageOrderState);
    }

    /// <summary>Bets that fit and are closed, the last closed first.</summary>
    private static IReadOnlyList<BetView> ClosedBets(
        Exchange exchange, Caller caller, BettingMarketId market, AccountId account, int limit)
    {
        if (caller.ReadsAll || account.Value != 0)
        {
            return account.Value == 0 || exchange.Shows(caller, account)
                ? exchange.ClosedBets(market, account, limit) : [];
        }

        return [.. exchange.OwnAccounts(caller)
            .SelectMany(own => exchange.ClosedBets(market, new AccountId(own), limit))
            .OrderByDescending(bet => bet.UpdatedIndex).ThenByDescending(bet => bet.Id).Take(limit)];
    }

    /// <summary>Open bets that fit, the newest first.</summary>
    private static List<BetView> OpenBets(
        Exchange exchange, Caller caller, BettingMarketId market, AccountId account)
    {
        var isOfSome = account.Value != 0 || !caller.ReadsAll;
        IReadOnlyList<long> owners = !isOfSome || (account.Value != 0 && !exchange.Shows(caller, account)) ? []
            : account.Value != 0 ? [account.Value]
            : exchange.OwnAccounts(caller);
        List<BetView> bets = isOfSome
            ? [.. owners.SelectMany(owner => exchange.OpenBets(new AccountId(owner)))
                .Where(bet => market.Value == 0 || bet.Market == market)]
            : market.Value != 0
                ? [.. exchange.OpenBets(market)]
                : [.. exchange.BettingMarkets.SelectMany(each => exchange.OpenBets(each.Id))];
        bets.Sort(static (left, right) => right.Id.CompareTo(left.Id));
        return bets;
    }

    private async Task GetExposureAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var text = query.Text(MarketOfExposure);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var account = IdText.ToAccount(RouteText.Of(http, "account_id")) ?? default;
        var market = text is null ? default : IdText.ToBettingMarket(text) ?? default;
        var caller = http.Caller();
        var reading = await reads.RunAsync(http, options, exchange => (
            Account: exchange.AccountFor(caller, account),
            Exposures: text is null ? exchange.Exposure(account) : exchange.Exposure(account, market),
            Markets: exchange.BettingMarkets));
        if (reading is not { } read)
        {
            return;
        }

        var (found, exposures, markets) = read.Value;
        if (found is null || (text is not null && (market.Value == 0 || market.Value > markets.Count)))
        {
            answers.Write(http, Problems.NotFound(found is null ? "no such account" : BettingQueries.Absent));
            return;
        }

        answers.Write(
            http, StatusCodes.Status200OK,
            new ExposureResponse(
                [.. exposures.Select(each => BettingShapes.Of(each, markets[each.Market.Value - 1].Currency))]),
            ResponseJson.Default.ExposureResponse);
    }
}
