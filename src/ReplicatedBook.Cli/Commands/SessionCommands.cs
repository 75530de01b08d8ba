using System.CommandLine;
using ReplicatedBook.Cli.Contexts;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb bootstrap, rb login, rb logout, rb whoami, rb token, rb context.</summary>
internal static class SessionCommands
{
    public static Command Bootstrap()
    {
        var user = new Argument<string>("user");
        var tokenFile = new Option<string>("--token-file")
        {
            Description = "File with the one-time token that 'rb init' made.",
            Required = true,
        };
        var passwordFile = PasswordFile();
        var command = new Command("bootstrap", "Makes the first administrator; once in a cluster's life.")
        {
            user, tokenFile, passwordFile,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var username = parse.GetRequiredValue(user);
            var token = Passwords.Read(parse.GetRequiredValue(tokenFile), string.Empty);
            using var client = GlobalOptions.Client(parse, GlobalOptions.Identity(parse) with { Credentials = null });
            var made = await FirstAdministrator.MakeAsync(
                client,
                new CredentialsRequest
                {
                    Username = username,
                    Password = Passwords.Read(parse.GetValue(passwordFile), $"Password for {username}: "),
                },
                token, GlobalOptions.Limit(parse), cancellation);
            return Answers.Print(
                parse, made, ResponseJson.Default.UserResponse,
                found => Console.WriteLine($"made {found.Username} ({string.Join(", ", found.Roles)})"));
        });
        return command;
    }

    public static Command Login()
    {
        var user = new Argument<string>("user");
        var passwordFile = PasswordFile();
        var name = new Option<string?>("--name") { Description = "Name of the context. Default: the user's." };
        var command = new Command("login", "Begins a session and keeps it as a context.") { user, passwordFile, name };
        command.SetAction(async (parse, cancellation) =>
        {
            var username = parse.GetRequiredValue(user);
            var nobody = GlobalOptions.Identity(parse) with { Credentials = null };
            using var client = GlobalOptions.Client(parse, nobody);
            var outcome = await client.LoginAsync(
                new CredentialsRequest
                {
                    Username = username,
                    Password = Passwords.Read(parse.GetValue(passwordFile), $"Password of {username}: "),
                },
                cancellation);
            if (outcome.Value is { } answer)
            {
                var context = parse.GetValue(name) ?? answer.User.Username;
                await KeepAsync(context, nobody, answer, cancellation);
            }

            return Answers.Print(
                parse, outcome.Select(token => token.User), ResponseJson.Default.UserResponse,
                found => Console.WriteLine($"logged in as {found.Username} ({string.Join(", ", found.Roles)})"));
        });
        return command;
    }

    public static Command Logout()
    {
        var all = new Option<bool>("--all") { Description = "Ends all sessions of the user." };
        var command = new Command("logout", "Ends the session and forgets its context.") { all };
        command.SetAction(async (parse, cancellation) =>
        {
            var identity = GlobalOptions.Identity(parse);
            if (identity.Context is not { } name)
            {
                throw new UsageException("there is no session to end: 'rb login' begins one");
            }

            using var client = GlobalOptions.Client(parse, identity);
            var outcome = await client.LogoutAsync(parse.GetValue(all), null, cancellation);
            var isOver = outcome.IsCommitted || outcome.Problem?.Code is "unauthenticated" or "not_found";
            if (!isOver)
            {
                Console.Error.WriteLine($"rb: {outcome.Describe()}");
                return ExitCodes.Of(outcome.Kind);
            }

            await ContextFile.ChangeAsync(
                book =>
                {
                    book.Contexts.Remove(name);
                    return Task.FromResult<ContextBook?>(
                        book.Current == name ? book with { Current = null } : book);
                },
                cancellation);
            Console.WriteLine("logged out");
            return ExitCodes.Ok;
        });
        return command;
    }

    public static Command WhoAmI()
    {
        var command = new Command("whoami", "Shows who the credential stands for.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.GetMeAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.MeResponse, me => Tables.Print(
                ["USER", "NAME", "ROLES", "SCOPES", "ACCOUNTS"],
                [
                    [
                        me.UserId, me.Username, string.Join(", ", me.Roles), string.Join(", ", me.Scopes),
                        string.Join(", ", me.Accounts),
                    ],
                ]));
        });
        return command;
    }

    public static Command Token()
    {
        var command = new Command(
            "token", "Prints a credential that holds now, for Authorization: Bearer of other programs.");
        command.SetAction(async (parse, cancellation) =>
        {
            var identity = GlobalOptions.Identity(parse);
            var credentials = identity.Credentials
                ?? throw new UsageException("there is no credential: 'rb login' gets one");
            using var client = GlobalOptions.Client(parse, identity);
            var answer = await client.GetMeAsync(ReadOptions.Strong, cancellation); // Renews it where it is over.
            if (answer.IsAnswered)
            {
                Console.WriteLine(credentials.Bearer);
            }
            else
            {
                Console.Error.WriteLine($"rb: {answer.Describe()}");
            }

            return ExitCodes.Of(answer.Kind);
        });
        return command;
    }

    public static Command Context()
    {
        var list = new Command("list", "Lists the contexts; the current one has a star.");
        list.SetAction(_ =>
        {
            var book = ContextFile.Read();
            Tables.Print(
                ["", "CONTEXT", "USER", "ENDPOINTS"],
                book.Contexts.Select(context => (IReadOnlyList<string>)
                [
                    context.Key == book.Current ? "*" : "", context.Key, context.Value.User, context.Value.Endpoints,
                ]));
            return ExitCodes.Ok;
        });
        var name = new Argument<string>("name") { Description = "A context; 'none' for none." };
        var use = new Command("use", "Chooses the context that is used without --context.") { name };
        use.SetAction(async (parse, cancellation) =>
        {
            var chosen = parse.GetRequiredValue(name);
            await ContextFile.ChangeAsync(
                book => Task.FromResult<ContextBook?>(
                    chosen == "none" ? book with { Current = null }
                    : book.Contexts.ContainsKey(chosen) ? book with { Current = chosen }
                    : throw new UsageException($"there is no context {chosen}")),
                cancellation);
            return ExitCodes.Ok;
        });
        return new Command("context", "Lists and chooses contexts: clusters, and who one is there.") { list, use };
    }

    private static Option<string?> PasswordFile() => new("--password-file")
    {
        Description = "File with the password; without it rb asks, or reads a line of standard input.",
    };

    private static Task KeepAsync(
        string name, Identity cluster, TokenResponse answer, CancellationToken cancellation) =>
        ContextFile.ChangeAsync(
            book =>
            {
                book.Contexts[name] = new ContextEntry(
                    string.Join(',', cluster.Endpoints), answer.User.Username, answer.AccessToken, answer.RefreshToken,
                    cluster.Authority);
                return Task.FromResult<ContextBook?>(book with { Current = name });
            },
            cancellation);
}
