using ReplicatedBook.Contracts;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Routes of users (API.md 2.1): made by administrators, or by themselves where that is allowed.</summary>
internal sealed class UserEndpoints(
    SecretWrites secrets, Writes writes, Reads reads, Passwords passwords, Answers answers, NodeSettings settings)
{
    private const string Absent = "no such user";

    public void Map(RouteGroupBuilder v1)
    {
        var created = SecretWrites.Contract.Refuses(ProblemCodes.AlreadyExists);
        v1.MapPost("/auth/register", (RequestDelegate)RegisterAsync).For(RoutePolicy.Public)
            .Describe<CredentialsRequest, UserResponse>(
                "Register", "Signs up, where Auth:AllowRegistration is on; with an account.", 201, created);
        v1.MapPost("/users", (RequestDelegate)CreateAsync).For(RoutePolicy.Admin)
            .Describe<CreateUserRequest, UserResponse>(
                "CreateUser", "Adds a user; with an account where it has the role user.", 201, created);
        v1.MapGet("/users", (RequestDelegate)ListAsync).For(RoutePolicy.AdminRead).Describe<Page<UserResponse>>(
            "ListUsers", "All users.", 200, RouteContract.Read(ListOptions.Parameters));
        v1.MapGet("/users/{user_id}", (RequestDelegate)GetAsync).For(RoutePolicy.AdminRead).Describe<UserResponse>(
            "GetUser", "One user.", 200, RouteContract.Read().Refuses(ProblemCodes.NotFound));
        v1.MapPatch("/users/{user_id}", (RequestDelegate)UpdateAsync).For(RoutePolicy.Admin)
            .Describe<UpdateUserRequest, UserResponse>(
                "UpdateUser", "Changes roles or keeps a user out; access tokens end, and for who is kept out sessions.",
                200,
                RouteContract.Write().Takes(VersionTag.IfMatch).Refuses(
                    ProblemCodes.NotFound, ProblemCodes.VersionMismatch, ProblemCodes.LastAdmin));
    }

    private async Task RegisterAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CredentialsRequest, settings.Limits.MaxBodyBytes);
        var closed = settings.Auth.AllowRegistration
            ? null
            : new ApiProblem(ProblemCodes.FeatureDisabled, "administrators of this cluster create its users");
        if (!answers.Refuse(http, closed ?? body.Problem))
        {
            await AddAsync(http, options, body.Value!.Username, body.Value.Password, Roles.User);
        }
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CreateUserRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var roles = request.Roles is null ? Roles.User : RolesOf(request.Roles, defects);
        if (!answers.Refuse(http, defects.ToProblem()))
        {
            await AddAsync(http, options, request.Username, request.Password, roles);
        }
    }

    private async Task AddAsync(
        HttpContext http, WriteOptions options, string username, string password, Roles roles)
    {
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

        var command = new CreateUser(
            CredentialsBinder.NameOf(username), hash.Value!, roles, OpensAccount: (roles & Roles.User) != 0);
        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Answer(http, StatusCodes.Status201Created, written);
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

        // Users are numbered in order and never taken back; what changes of one is shown as it is now.
        var reading = await reads.RunAsync(http, options, exchange => (
            Page: list.Take(list.Numbers(exchange.UserCount), number => exchange.UserById(new UserId(number))!),
            Newest: exchange.UserCount));
        if (reading is not { } read)
        {
            return;
        }

        var (users, newest) = read.Value;
        var shown = users.Take(list.Limit).ToList();
        var next = users.Count > list.Limit ? list.NextCursor(read.Index, shown[^1].Id.Value, newest) : null;
        answers.Write(
            http, StatusCodes.Status200OK,
            new Page<UserResponse>(shown.ConvertAll(user => IdentityShapes.Of(user)), next),
            ResponseJson.Default.PageUserResponse);
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new QueryReader(http.Request);
        var options = Reads.Options(query);
        if (answers.Refuse(http, query.Finish()))
        {
            return;
        }

        var id = IdText.ToUser(RouteText.Of(http, "user_id")) ?? default;
        if (await reads.RunAsync(http, options, exchange => exchange.UserById(id)) is not { } reading)
        {
            return;
        }

        if (reading.Value is not { } user)
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        VersionTag.Write(http.Response, user.Version);
        answers.Write(http, StatusCodes.Status200OK, IdentityShapes.Of(user), ResponseJson.Default.UserResponse);
    }

    private async Task UpdateAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.UpdateUserRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var request = body.Value!;
        var defects = new Defects();
        var expected = VersionTag.Expected(http.Request, defects);
        Roles? roles = request.Roles is null ? null : RolesOf(request.Roles, defects);
        if (request is { Roles: null, Disabled: null })
        {
            defects.Missing("roles");
        }

        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        if (IdText.ToUser(RouteText.Of(http, "user_id")) is not { } id)
        {
            answers.Write(http, Problems.NotFound(Absent));
            return;
        }

        var command = new UpdateUser(id, roles, request.Disabled, expected);
        if (await writes.SubmitAsync(
            http, options, expected == 0 ? WriteTraits.IsRepeatable : WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is { } written)
        {
            Answer(http, StatusCodes.Status200OK, written);
        }
    }

    private void Answer(HttpContext http, int status, Written written)
    {
        var user = written.Outcome.User!;
        VersionTag.Write(http.Response, user.Version);
        answers.Write(
            http, status, IdentityShapes.Of(user, written.Outcome.UserAccount, written.Receipt),
            ResponseJson.Default.UserResponse);
    }

    private static Roles RolesOf(IReadOnlyList<string> words, Defects defects)
    {
        if (WordList.ToRoles(words) is { } roles and not Roles.None)
        {
            return roles;
        }

        defects.Invalid("roles", $"roles must be at least one of admin, operator, auditor, user, each once");
        return Roles.None;
    }
}
