using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes of accounts and balances (API.md 2.2).</summary>
internal sealed class AccountEndpoints(Writes writes, Reads reads, Answers answers, NodeSettings settings)
{
    private const string Absent = "no such account";

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/accounts", (RequestDelegate)CreateAsync).For(RoutePolicy.Trader)
            .Describe<CreateAccountRequest, AccountResponse>(
                "CreateAccount", "Opens an account.", 201, RouteContract.Write());
        v1.MapGet("/accounts", (RequestDelegate)ListAsync).For(RoutePolicy.User).Describe<Page<AccountResponse>>(
            "ListAccounts", "The caller's accounts; all of them for who may read all.", 200,
            RouteContract.Read(ListOptions.Parameters));
        v1.MapGet("/accounts/{account_id}", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<AccountResponse>(
            "GetAccount", "One account.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapGet("/accounts/{account_id}/balances", (RequestDelegate)GetBalancesAsync).For(RoutePolicy.User)
            .Describe<BalancesResponse>(
                "GetBalances", "Every balance the account ever had.", 200,
                RouteContract.Read().Refuses(ProblemCodes.NotFound));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadOptionalAsync(
            http, RequestJson.Default.CreateAccountRequest, settings.Limits.MaxBodyBytes);
        var label = body.Value?.Label ?? "";
        var defects = new Defects();
        LabelText.Check(label, "label", defects);
        if (answers.Refuse(http, body.Problem ?? defects.ToProblem()))
        {
            return;
        }

        var command = new CreateAccount(label);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status201Created, Shapes.Of(written.Outcome.Account!, written.Receipt),
                ResponseJson.Default.AccountResponse);
        }
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();

        // But for its switch, which is left out here, an account never changes; accounts are never taken back and are
        // numbered in order: a later list contains every earlier one.
        var reading = await reads.RunAsync(http, options, exchange => (
            Page: list.Take(
                caller.ReadsAll
                    ? list.Numbers(exchange.AccountCount)
                    : list.NumbersAmong(exchange.OwnAccounts(caller)),
                number => exchange.FindAccount(new AccountId(number))!),
            Newest: exchange.AccountCount));
        if (reading is not { } read)
        {
            return;
        }

        var (accounts, newest) = read.Value;
        var shown = accounts.Take(list.Limit).ToList();
        var next = accounts.Count > list.Limit ? list.NextCursor(read.Index, shown[^1].Id.Value, newest) : null;
        answers.Write(
            http, StatusCodes.Status200OK,
            new Page<AccountResponse>(
                shown.ConvertAll(account => Shapes.Of(account with { CancelAfterAt = null }, null)), next),
            ResponseJson.Default.PageAccountResponse);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        var account = IdText.ToAccount(RouteText.Of(http, "account_id")) ?? default;
        if (await reads.RunAsync(http, options, exchange => exchange.AccountFor(caller, account)) is not { } reading)
        {
            return;
        }

        if (reading.Value is { } view)
        {
            answers.Write(
                http, StatusCodes.Status200OK, Shapes.Of(view, null), ResponseJson.Default.AccountResponse);
        }
        else
        {
            answers.Write(http, Problems.NotFound(Absent));
        }
    }

    private async Task GetBalancesAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        var account = IdText.ToAccount(RouteText.Of(http, "account_id")) ?? default;
        var reading = await reads.RunAsync(
            http, options,
            exchange => (
                Balances: exchange.Shows(caller, account) ? exchange.Balances(account) : null, exchange.Assets));
        if (reading is not { } read)
        {
            return;
        }

        var (balances, assets) = read.Value;
        if (balances is null)
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        var items = new BalanceResponse[balances.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = Shapes.Of(balances[i], assets[balances[i].Asset.Value - 1]);
        }

        answers.Write(
            http, StatusCodes.Status200OK, new BalancesResponse(items), ResponseJson.Default.BalancesResponse);
    }
}
