using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Identity;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Routes of the caller's API keys (API.md 2.1).</summary>
internal sealed class ApiKeyEndpoints(
    SecretWrites secrets, Writes writes, Reads reads, Answers answers, NodeSettings settings)
{
    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/api_keys", (RequestDelegate)CreateAsync).For(RoutePolicy.UserWrite)
            .Describe<CreateApiKeyRequest, ApiKeyResponse>(
                "CreateApiKey", "Makes an API key; its secret is in this answer and nowhere else.", 201,
                SecretWrites.Contract.Refuses(ProblemCodes.NotFound, ProblemCodes.InvalidCredentials));
        v1.MapGet("/api_keys", (RequestDelegate)ListAsync).For(RoutePolicy.User).Describe<Page<ApiKeyResponse>>(
            "ListApiKeys", "The caller's API keys that are not revoked, oldest first.", 200, RouteContract.Read());
        v1.MapDelete("/api_keys/{key_id}", (RequestDelegate)RevokeAsync).For(RoutePolicy.UserWrite)
            .Describe<ApiKeyResponse>(
                "RevokeApiKey", "Ends one of the caller's API keys for good.", 200,
                RouteContract.Write().Refuses(ProblemCodes.NotFound));
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CreateApiKeyRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? SecretWrites.CheckSession(http.Caller())))
        {
            return;
        }

        var secret = Secrets.NewText();
        var defects = new Defects();
        var command = Bind(http.Caller().User, body.Value!, secret, defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            var key = written.Outcome.ApiKey!;
            answers.Write(
                http, StatusCodes.Status201Created,
                IdentityShapes.Of(key, CredentialText.OfApiKey(key.Id.Value, secret), written.Receipt),
                ResponseJson.Default.ApiKeyResponse);
        }
    }

    private static CreateApiKey Bind(UserId user, CreateApiKeyRequest request, string secret, Defects defects)
    {
        LabelText.Check(request.Label ?? "", "label", defects);
        if (WordList.ToScopes(request.Scopes) is not { } scopes || scopes == Scopes.None)
        {
            scopes = default;
            defects.Invalid("scopes", "scopes must be at least one of read and trade, each once");
        }

        Timestamp? end = request.ExpiresAt is null ? default(Timestamp) : TimeText.Parse(request.ExpiresAt);
        if (end is null)
        {
            defects.Invalid("expires_at", "expires_at must be a time such as 2030-01-01T00:00:00Z");
        }

        var addresses = request.IpAllow ?? [];
        if (addresses.Count > CreateApiKey.MaxAddresses
            || !addresses.All(address => AddressRange.Parse(address) is not null))
        {
            defects.Invalid("ip_allow", "ip_allow must be at most 16 addresses or ranges such as 10.0.0.0/8");
        }

        return new CreateApiKey(
            user, request.Label ?? "", scopes, end ?? default, addresses, new Bytes32(Secrets.HashOf(secret)));
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        if (await reads.RunAsync(http, options, exchange => exchange.ApiKeysOf(caller.User)) is { } read)
        {
            answers.Write(
                http, StatusCodes.Status200OK,
                new Page<ApiKeyResponse>([.. read.Value.Select(key => IdentityShapes.Of(key))], null),
                ResponseJson.Default.PageApiKeyResponse);
        }
    }

    private async Task RevokeAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        if (IdText.ToApiKey(RouteText.Of(http, "key_id")) is not { } id)
        {
            answers.Write(http, Problems.NotFound("no such API key"));
            return;
        }

        var command = new RevokeApiKey(http.Caller().User, id);
        if (await writes.SubmitAsync(
            http, options, WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status200OK, IdentityShapes.Of(written.Outcome.ApiKey!, receipt: written.Receipt),
                ResponseJson.Default.ApiKeyResponse);
        }
    }
}
