using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Routes of assets (API.md 2.2).</summary>
internal sealed class AssetEndpoints(Writes writes, Reads reads, Answers answers, NodeSettings settings)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/assets", (RequestDelegate)CreateAsync).For(RoutePolicy.Admin)
            .Describe<CreateAssetRequest, AssetResponse>(
                "CreateAsset", "Makes an asset known.", 201,
                RouteContract.Write().Refuses(ProblemCodes.AlreadyExists));
        v1.MapGet("/assets", (RequestDelegate)ListAsync).For(RoutePolicy.Public).Describe<Page<AssetResponse>>(
            "ListAssets", "All assets.", 200, RouteContract.Read(ListOptions.Parameters));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CreateAssetRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? Check(body.Value!)))
        {
            return;
        }

        var command = new CreateAsset(body.Value!.Asset, body.Value.Scale);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status201Created, Shapes.Of(written.Outcome.Asset!, written.Receipt),
                ResponseJson.Default.AssetResponse);
        }
    }

    private static ApiProblem? Check(CreateAssetRequest request)
    {
        const int MaxLength = 32;
        var defects = new Defects();
        if (request.Asset.Length > MaxLength || !IdText.IsId(request.Asset) || request.Asset.Contains(':'))
        {
            defects.Invalid("asset", "asset must be 1 to 32 characters of A-Za-z0-9._-");
        }

        if (request.Scale is < 0 or > DecimalText.MaxScale)
        {
            defects.Invalid("scale", "scale must be 0 to 12");
        }

        return defects.ToProblem();
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        var list = ListOptions.Read(query);
        if (answers.Refuse(http, query.Finish())
            || await reads.RunAsync(http, options, static exchange => exchange.Assets) is not { } reading)
        {
            return;
        }

        // Assets never change, are never taken back and are numbered in order: a later list contains every earlier one.
        var assets = reading.Value;
        var items = new List<AssetResponse>();
        string? next = null;
        foreach (var number in list.Numbers(assets.Count))
        {
            if (items.Count == list.Limit)
            {
                next = list.NextCursor(reading.Index, list.IsAscending ? number - 1 : number + 1, assets.Count);
                break;
            }

            items.Add(Shapes.Of(assets[(int)number - 1], null));
        }

        answers.Write(
            http, StatusCodes.Status200OK, new Page<AssetResponse>(items, next),
            ResponseJson.Default.PageAssetResponse);
    }
}
