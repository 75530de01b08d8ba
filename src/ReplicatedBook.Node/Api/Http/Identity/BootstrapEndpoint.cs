using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Makes the first administrator of a cluster, for whoever can read the token in this node's file. Which of
/// several attempts is the first is decided in the log.</summary>
internal sealed class BootstrapEndpoint(
    SecretWrites secrets, Writes writes, Passwords passwords, ReadGateway reads, Answers answers,
    NodeSettings settings)
{
    private static readonly ApiProblem Done = new(ProblemCodes.BootstrapDone, "there is an administrator already");

    private static readonly ApiProblem NoFile = new(
        ProblemCodes.FeatureDisabled, "this node has no bootstrap token: Auth:BootstrapTokenFile names none");

    private static readonly ApiProblem WrongToken = new(
        ProblemCodes.InvalidCredentials, "the route needs Authorization: Bearer with the bootstrap token");

    public void Map(RouteGroupBuilder v1) =>
        v1.MapPost("/bootstrap", (RequestDelegate)CreateAsync).For(RoutePolicy.Public)
            .Describe<CredentialsRequest, UserResponse>(
                "Bootstrap", "Makes the first administrator, with the token of the node's file as the credential.", 201,
                SecretWrites.Contract.Refuses(
                    ProblemCodes.InvalidCredentials, ProblemCodes.BootstrapDone, ProblemCodes.AlreadyExists));

    private async Task CreateAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var state = await reads.ReadAsync(
            ReadOptions.Strong with { Timeout = options.Timeout }, exchange => exchange.IsBootstrapped);
        if (answers.Refuse(http, state.Failure)
            || answers.Refuse(http, state.Reading.Value ? Done : CheckToken(http.Request)))
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CredentialsRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var (username, password) = (body.Value!.Username, body.Value.Password);
        var defects = new Defects();
        CredentialsBinder.CheckName(username, defects);
        CredentialsBinder.CheckNew(password, username, "password", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var hash = await passwords.HashAsync(password);
        if (answers.Refuse(http, hash.Problem))
        {
            return;
        }

        var command = new Bootstrap(CredentialsBinder.NameOf(username), hash.Value!);
        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            answers.Write(
                http, StatusCodes.Status201Created,
                IdentityShapes.Of(written.Outcome.User!, receipt: written.Receipt), ResponseJson.Default.UserResponse);
        }
    }

    private ApiProblem? CheckToken(HttpRequest request) => BootstrapToken.Read(settings.Auth.BootstrapTokenFile) switch
    {
        null => NoFile,
        var token => token.Matches(request.Headers.Authorization) ? null : WrongToken,
    };
}
