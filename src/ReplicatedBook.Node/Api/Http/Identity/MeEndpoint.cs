using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Who asks (API.md 2.1).</summary>
internal sealed class MeEndpoint(Reads reads, Answers answers)
{
    public void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/me", (RequestDelegate)GetAsync).For(RoutePolicy.User).Describe<MeResponse>(
            "GetMe", "The caller: user, roles, scopes of the credential, accounts.", 200,
            RouteContract.Read().Refuses(ProblemCodes.NotFound));

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var caller = http.Caller();
        var reading = await reads.RunAsync(
            http, options,
            exchange => (User: exchange.UserById(caller.User), Accounts: exchange.AccountsOf(caller.User)));
        if (reading is not { } read)
        {
            return;
        }

        var (user, accounts) = read.Value;
        var id = IdText.Of(caller.User);
        if (user is null && caller.User.Value != 0)
        {
            answers.Write(http, Problems.NotFound("the user did not exist then"));
            return;
        }

        answers.Write(
            http, StatusCodes.Status200OK,
            new MeResponse(
                id, user?.Username ?? id, EnumText.WordsOf(user?.Roles ?? caller.Roles),
                EnumText.WordsOf(caller.Scopes), [.. accounts.Select(IdText.Of)]),
            ResponseJson.Default.MeResponse);
    }
}
