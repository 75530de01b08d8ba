using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Moves money between accounts (API.md 2.2).</summary>
internal sealed class TransferEndpoint(
    Writes writes, Lookup lookup, Catalog catalog, Answers answers, NodeSettings settings)
{
    public void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/transfers", (RequestDelegate)TransferAsync).For(RoutePolicy.Trader)
            .Describe<TransferRequest, TransferResponse>(
                "Transfer", "Moves money from one of the caller's accounts to any account.", 201,
                RouteContract.Write().LooksUp().Refuses(ProblemCodes.InsufficientFunds));

    private async Task TransferAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.TransferRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? Check(body.Value!)))
        {
            return;
        }

        var request = body.Value!;
        if (IdText.ToAccount(request.FromAccount) is not { } from || IdText.ToAccount(request.ToAccount) is not { } to)
        {
            answers.Write(http, Problems.NotFound("no such account"));
            return;
        }

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

        var command = new Transfer(from, to, asset.Id, amount);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, from,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            var transfer = written.Outcome.Transfer!;
            var moved = catalog.FindAsset(transfer.Balance.Asset)!;
            answers.Write(
                http, StatusCodes.Status201Created,
                new TransferResponse(
                    IdText.Of(transfer.Debit), IdText.Of(transfer.From), IdText.Of(transfer.To), moved.Symbol,
                    DecimalText.Format(transfer.Amount.Units, moved.Scale), Shapes.Of(transfer.Balance, moved),
                    written.Receipt),
                ResponseJson.Default.TransferResponse);
        }
    }

    private static ApiProblem? Check(TransferRequest request)
    {
        var defects = new Defects();
        if (!IdText.IsId(request.Asset))
        {
            defects.Invalid("asset", "asset must be 1 to 64 characters of A-Za-z0-9._:-");
        }

        OrderBinder.CheckPositive(request.Amount, "amount", defects);
        return defects.ToProblem();
    }
}
