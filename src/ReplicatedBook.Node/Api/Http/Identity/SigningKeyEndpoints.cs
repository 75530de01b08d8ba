using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>The nodes' public keys, and the change of this node's.</summary>
internal sealed class SigningKeyEndpoints(
    NodeKeys keys, IReplicaReader reader, Answers answers, NodeSettings settings, TimeProvider time)
{
    private static readonly IntegerParameter Timeout = new(
        "timeout_ms", "Milliseconds to wait at most; the change goes on after it.", 1, 30_000, 5_000);

    public void Map(IEndpointRouteBuilder root, RouteGroupBuilder v1)
    {
        root.MapGet("/.well-known/jwks.json", (RequestDelegate)GetAsync).For(RoutePolicy.Public).Describe<JwksResponse>(
            "GetKeys", "The public keys whose tokens hold, of all nodes.", 200, RouteContract.Plain());
        v1.MapPost("/node/signing_keys", (RequestDelegate)RotateAsync).For(RoutePolicy.Admin)
            .Describe<SigningKeyResponse>(
                "RotateSigningKey",
                "Lets this node sign with a new key; the one before is retired when its last token is over.", 201,
                RouteContract.Plain(Timeout).Refuses(ProblemCodes.FeatureDisabled, ProblemCodes.NoLeader));
    }

    private async Task GetAsync(HttpContext http)
    {
        if (answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        var reading = await reader.ReadAsync(exchange => exchange.SigningKeys, http.RequestAborted);
        answers.Write(
            http, StatusCodes.Status200OK,
            new JwksResponse([.. reading.Value.Where(key => key.RetiredAt is null).Select(IdentityShapes.Of)]),
            ResponseJson.Default.JwksResponse);
    }

    private async Task RotateAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var timeout = query.IntegerOrStandard(Timeout);
        var problem = query.Finish() ?? (settings.Auth.IsOn
            ? null
            : new ApiProblem(ProblemCodes.FeatureDisabled, "this node has authentication switched off"));
        if (answers.Refuse(http, problem))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(timeout), time);
        try
        {
            var key = await keys.RotateAsync(patience.Token);
            answers.Write(
                http, StatusCodes.Status201Created, new SigningKeyResponse(settings.Node.Id, key.Id),
                ResponseJson.Default.SigningKeyResponse);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            answers.Write(http, new ApiProblem(
                ProblemCodes.NoLeader, "the cluster did not know the new key in time; the node signs with the old"));
        }
    }
}
