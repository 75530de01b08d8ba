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
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Api.Http.Identity;

/// <summary>Routes that begin, go on with and end sessions (API.md 2.1).</summary>
internal sealed class SessionEndpoints(
    SecretWrites secrets, Writes writes, Passwords passwords, TokenIssuer issuer, ReadGateway reads,
    LoginThrottle throttle, RateLimiter limiter, AccessRefusals refusals, Answers answers, NodeSettings settings)
{
    private static readonly ApiProblem NotReady = new(
        ProblemCodes.NoLeader, "the cluster does not know a signing key of this node's yet");

    private static readonly ApiProblem WrongRefresh = new(
        ProblemCodes.InvalidCredentials, "the refresh token does not hold: log in again");

    public void Map(RouteGroupBuilder v1)
    {
        v1.MapPost("/auth/login", (RequestDelegate)LoginAsync).For(RoutePolicy.Public)
            .Describe<CredentialsRequest, TokenResponse>(
                "Login", "Begins a session.", 200, SecretWrites.Contract.Refuses(ProblemCodes.InvalidCredentials));
        v1.MapPost("/auth/refresh", (RequestDelegate)RefreshAsync).For(RoutePolicy.Public)
            .Describe<RefreshRequest, TokenResponse>(
                "Refresh", "Exchanges a refresh token for the next one and an access token.", 200,
                SecretWrites.Contract.Refuses(ProblemCodes.InvalidCredentials));
        v1.MapPost("/auth/logout", (RequestDelegate)LogoutAsync).For(RoutePolicy.UserWrite)
            .DescribeEmpty<LogoutRequest>(
                "Logout", "Ends the session, or all of the user's, and all of the user's access tokens.",
                RouteContract.Write().Refuses(ProblemCodes.NotFound));
        v1.MapPut("/auth/password", (RequestDelegate)ChangePasswordAsync).For(RoutePolicy.UserWrite)
            .DescribeEmpty<PasswordRequest>(
                "ChangePassword", "Gives the caller another password; all sessions and access tokens end.",
                SecretWrites.Contract.Refuses(
                    ProblemCodes.InvalidCredentials, ProblemCodes.VersionMismatch, ProblemCodes.NotFound));
    }

    private async Task LoginAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.CredentialsRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? CheckReady()))
        {
            return;
        }

        var (name, password) = (CredentialsBinder.NameOf(body.Value!.Username), body.Value.Password);
        if (password.Length > PasswordRules.MaxLength || !CredentialsBinder.IsName(name))
        {
            answers.Write(http, Passwords.Wrong); // Nobody's, as everybody can see; long texts are not worth hashing.
            return;
        }

        var proven = await ProveAsync(http, name, () => passwords.ProveAsync(name, password, options.Timeout));
        if (proven is null || limiter.RefuseLoginOf(http, proven.User.Id))
        {
            return;
        }

        if (proven.NeedsNewHash && !await UpgradeAsync(http, options, proven.User, password))
        {
            return;
        }

        var user = proven.User;
        var (root, generation) = (Secrets.NewText(), Secrets.NewText());
        var command = new OpenSession(
            user.Id, user.TokenVersion, new Bytes32(Secrets.HashOf(root)), new Bytes32(Secrets.HashOf(generation)),
            (long)settings.Auth.SessionLifetime.TotalMicroseconds);
        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.ProvesIdentity, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header with { User = user.Id }, command)) is { } written)
        {
            Answer(http, user, written.Outcome.Session!.Id, root, generation);
        }
    }

    private async Task RefreshAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.RefreshRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem ?? CheckReady()))
        {
            return;
        }

        if (CredentialText.ReadRefresh(body.Value!.RefreshToken) is not var (session, root, presented))
        {
            refusals.Write(http, WrongRefresh);
            return;
        }

        // What was made up never comes near the log: there it would push the records of others out of the audit.
        var fresh = ReadOptions.Strong with { Timeout = options.Timeout };
        var kept = await reads.ReadAsync(fresh, exchange => exchange.RootHashOf(new SessionId(session)));
        if (answers.Refuse(http, kept.Failure))
        {
            return;
        }

        if (kept.Reading.Value is not { } rootHash || !Secrets.Match(root, rootHash.ToArray()))
        {
            refusals.Write(http, WrongRefresh);
            return;
        }

        var next = Secrets.NewText();
        var command = new RotateSession(
            new SessionId(session), new Bytes32(Secrets.HashOf(root)), new Bytes32(Secrets.HashOf(presented)),
            new Bytes32(Secrets.HashOf(next)));
        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.ProvesIdentity, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is not { } written)
        {
            return;
        }

        var opened = written.Outcome.Session!;
        var answer = await reads.ReadAsync(fresh, exchange => exchange.UserById(opened.User));
        if (!answers.Refuse(http, answer.Failure))
        {
            Answer(http, answer.Reading.Value!, opened.Id, root, next);
        }
    }

    private async Task LogoutAsync(HttpContext http)
    {
        if (writes.Begin(http, new QueryReader(http.Request)) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadOptionalAsync(
            http, RequestJson.Default.LogoutRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var caller = http.Caller();
        if (answers.Refuse(http, SecretWrites.CheckSession(caller)))
        {
            return;
        }

        var session = body.Value?.All is true ? default : caller.Session;
        if (await writes.SubmitAsync(
            http, options, WriteTraits.IsRepeatable, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, new EndSessions(caller.User, session))) is not null)
        {
            Answers.WriteEmpty(http);
        }
    }

    private async Task ChangePasswordAsync(HttpContext http)
    {
        if (secrets.Begin(http) is not { } options)
        {
            return;
        }

        var body = await Bodies.ReadAsync(http, RequestJson.Default.PasswordRequest, settings.Limits.MaxBodyBytes);
        if (answers.Refuse(http, body.Problem))
        {
            return;
        }

        var (caller, request) = (http.Caller(), body.Value!);
        if (answers.Refuse(http, SecretWrites.CheckSession(caller)))
        {
            return;
        }

        var proven = await ProveAsync(
            http, IdText.Of(caller.User), () => passwords.ProveAsync(caller.User, request.Current, options.Timeout));
        if (proven is null)
        {
            return;
        }

        var user = proven.User;
        var defects = new Defects();
        CredentialsBinder.CheckNew(request.New, user.Username, "new", defects);
        if (answers.Refuse(http, defects.ToProblem()))
        {
            return;
        }

        var hash = await passwords.HashAsync(request.New);
        if (answers.Refuse(http, hash.Problem))
        {
            return;
        }

        var command = new SetPassword(user.Id, hash.Value!, user.TokenVersion);
        if (await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.None, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header, command)) is not null)
        {
            Answers.WriteEmpty(http);
        }
    }

    /// <summary>Compares a password, as often as guessing is allowed.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">Whose guesses are counted.</param>
    /// <param name="prove">Compares it.</param>
    /// <returns>Null when it was refused; the refusal is answered then.</returns>
    private async ValueTask<ProvenUser?> ProveAsync(
        HttpContext http, string name, Func<ValueTask<Bound<ProvenUser>>> prove)
    {
        var origin = http.Caller().Origin;
        if (throttle.Begin(name, origin) is var wait && wait != TimeSpan.Zero)
        {
            limiter.RefuseLogin(http, wait);
            return null;
        }

        var proven = await prove();
        if (proven.Problem is { } wrong && wrong.Code == ProblemCodes.InvalidCredentials)
        {
            refusals.Write(http, wrong);
            return null;
        }

        // Neither what is right nor what could not be judged was a guess.
        throttle.TakeBack(name, origin);
        return answers.Refuse(http, proven.Problem) ? null : proven.Value;
    }

    // A hash that cannot be kept now is made again at the next login; only a password that was changed meanwhile ends
    // this one, and opening the session finds that out.
    private async ValueTask<bool> UpgradeAsync(
        HttpContext http, WriteOptions options, UserView user, string password)
    {
        var hash = await passwords.HashAsync(password);
        if (answers.Refuse(http, hash.Problem))
        {
            return false;
        }

        var command = new UpgradePasswordHash(user.Id, user.TokenVersion, hash.Value!);
        return await writes.SubmitAsync(
            http, SecretWrites.Named(options), WriteTraits.ProvesIdentity, Writes.NoAccount,
            (buffer, header) => CommandCodec.Write(buffer, header with { User = user.Id }, command)) is not null;
    }

    private ApiProblem? CheckReady() => !settings.Auth.IsOn
        ? new ApiProblem(ProblemCodes.FeatureDisabled, "this node has authentication switched off")
        : issuer.IsReady ? null : NotReady;

    private void Answer(HttpContext http, UserView user, SessionId session, string root, string generation) =>
        answers.Write(
            http, StatusCodes.Status200OK,
            new TokenResponse(
                issuer.Issue(user, session), "Bearer", issuer.Lifetime,
                CredentialText.OfRefresh(session.Value, root, generation), IdentityShapes.Of(user)),
            ResponseJson.Default.TokenResponse);
}
