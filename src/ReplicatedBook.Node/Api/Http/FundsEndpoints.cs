using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes that bring money in and out (API.md 2.2).</summary>
internal sealed class FundsEndpoints(
    Writes writes, Lookup lookup, Catalog catalog, Answers answers, NodeSettings settings)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/accounts/{account_id}/deposits", (RequestDelegate)DepositAsync).For(RoutePolicy.Admin)
            .Describe<FundsRequest, FundsResponse>(
                "Deposit", "Credits an account from outside.", 201, RouteContract.Write().LooksUp());
        v1.MapPost("/accounts/{account_id}/withdrawals", (RequestDelegate)WithdrawAsync).For(RoutePolicy.Admin)
            .Describe<FundsRequest, FundsResponse>(
                "Withdraw", "Debits an account to outside.", 201,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.InsufficientFunds));
    }

    private Task DepositAsync(HttpContext http) => MoveAsync(http, isDeposit: true);

    private Task WithdrawAsync(HttpContext http) => MoveAsync(http, isDeposit: false);

    private async Task MoveAsync(HttpContext http, bool isDeposit)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.FundsRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? Check(body.Value!)))
        {
            return;
        }

        if (IdText.ToAccount(RouteText.Of(http, "account_id")) is not { } account)
        {
            answers.Write(http, Problems.NotFound("no such account"));
            return;
        }

        var request = body.Value!;
        var found = await lookup.AssetAsync(request.Asset, options.Timeout);
        if (answers.Refuse(http, found.Failure))
        {
            return;
        }

        var asset = found.Value!;
        if (answers.Refuse(http, AmountBinder.ToUnits(request.Amount, "amount", asset, out var amount)))
        {
            return;
        }

        var reference = request.Reference ?? "";
        if (await writes.SubmitAsync(http, options, WriteTraits.None, account, (buffer, header) =>
        {
            if (isDeposit)
            {
                CommandCodec.Write(buffer, header, new Deposit(account, asset.Id, amount, reference));
            }
            else
            {
                CommandCodec.Write(buffer, header, new Withdraw(account, asset.Id, amount, reference));
            }
        }) is { } written)
        {
            var ledger = written.Outcome.Ledger!;
            var balance = Shapes.Of(ledger.Balance, catalog.FindAsset(ledger.Balance.Asset)!);
            answers.Write(
                http, StatusCodes.Status201Created,
                new FundsResponse(IdText.Of(ledger.Id), balance, written.Receipt),
                ResponseJson.Default.FundsResponse);
        }
    }

    private static ApiProblem? Check(FundsRequest request)
    {
        var defects = new Defects();
        if (!IdText.IsId(request.Asset))
        {
            defects.Invalid("asset", "asset must be 1 to 32 characters of A-Za-z0-9._-");
        }

        OrderBinder.CheckPositive(request.Amount, "amount", defects);
        LabelText.Check(request.Reference ?? "", "reference", defects);
        return defects.ToProblem();
    }
}
