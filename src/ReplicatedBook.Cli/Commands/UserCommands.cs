using System.CommandLine;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb user, rb apikey.</summary>
internal static class UserCommands
{
    public static Command Users() => new("user", "Creates, lists and changes users.")
    {
        Create(), List(), Switch("disable", "Keeps a user out: all sessions and tokens end.", isDisabled: true),
        Switch("enable", "Lets a user in again.", isDisabled: false), Roles(),
    };

    public static Command ApiKeys() => new("apikey", "Makes, lists and revokes one's own API keys.")
    {
        CreateKey(), ListKeys(), RevokeKey(),
    };

    private static Command Create()
    {
        var name = new Argument<string>("username");
        var roles = new Option<string[]>("--role")
        {
            Description = "admin, operator, auditor, user; several are allowed. Default: user.",
            AllowMultipleArgumentsPerToken = true,
        };
        var passwordFile = new Option<string?>("--password-file")
        {
            Description = "File with the password; without it rb asks, or reads a line of standard input.",
        };
        var command = new Command("create", "Adds a user.") { name, roles, passwordFile };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var given = parse.GetValue(roles);
            var outcome = await client.CreateUserAsync(
                new CreateUserRequest
                {
                    Username = parse.GetRequiredValue(name),
                    Password = Passwords.Read(parse.GetValue(passwordFile), "Password of the new user: "),
                    Roles = given is { Length: > 0 } ? given : null,
                },
                cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.UserResponse, user => Print([user]));
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Lists the users.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListUsersAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(parse, answer, ResponseJson.Default.PageUserResponse, page => Print(page.Items));
        });
        return command;
    }

    private static Command Switch(string name, string description, bool isDisabled)
    {
        var user = new Argument<string>("user") { Description = "Its id, such as u2, or its name." };
        var command = new Command(name, description) { user };
        command.SetAction((parse, cancellation) => UpdateAsync(
            parse, parse.GetRequiredValue(user), new UpdateUserRequest { Disabled = isDisabled }, cancellation));
        return command;
    }

    private static Command Roles()
    {
        var user = new Argument<string>("user") { Description = "Its id, such as u2, or its name." };
        var roles = new Argument<string[]>("roles") { Description = "All that it is to have." };
        var command = new Command("roles", "Gives a user other roles; access tokens end.") { user, roles };
        command.SetAction((parse, cancellation) => UpdateAsync(
            parse, parse.GetRequiredValue(user), new UpdateUserRequest { Roles = parse.GetRequiredValue(roles) },
            cancellation));
        return command;
    }

    private static async Task<int> UpdateAsync(
        ParseResult parse, string user, UpdateUserRequest change, CancellationToken cancellation)
    {
        using var client = GlobalOptions.Client(parse);
        var users = await client.ListUsersAsync(ReadOptions.Strong, cancellation);
        var id = users.Value?.Items.FirstOrDefault(found => found.Username == user)?.UserId ?? user;
        var outcome = await client.UpdateUserAsync(id, change, null, cancellation);
        return Answers.Print(parse, outcome, ResponseJson.Default.UserResponse, found => Print([found]));
    }

    private static Command CreateKey()
    {
        var label = new Option<string?>("--label") { Description = "For people." };
        var scopes = new Option<string[]>("--scope")
        {
            Description = "read, trade; both are allowed. Default: read.",
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = new Option<string?>("--expires") { Description = "When it ends. Default: never." };
        var addresses = new Option<string[]>("--ip-allow")
        {
            Description = "Addresses or ranges that it may be used from. Default: any.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("create", "Makes an API key; its secret is shown once.")
        {
            label, scopes, expires, addresses,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.CreateApiKeyAsync(
                new CreateApiKeyRequest
                {
                    Label = parse.GetValue(label),
                    Scopes = parse.GetValue(scopes) is { Length: > 0 } given ? given : ["read"],
                    ExpiresAt = parse.GetValue(expires),
                    IpAllow = parse.GetValue(addresses),
                },
                cancellation);
            return Answers.Print(parse, outcome, ResponseJson.Default.ApiKeyResponse, key =>
            {
                PrintKeys([key]);
                Console.WriteLine($"\n{key.Secret}\n\nIt is shown this once.");
            });
        });
        return command;
    }

    private static Command ListKeys()
    {
        var command = new Command("list", "Lists one's API keys.");
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var answer = await client.ListApiKeysAsync(GlobalOptions.Read(parse), cancellation);
            return Answers.Print(
                parse, answer, ResponseJson.Default.PageApiKeyResponse, page => PrintKeys(page.Items));
        });
        return command;
    }

    private static Command RevokeKey()
    {
        var key = new Argument<string>("key") { Description = "Its id, such as k1." };
        var command = new Command("revoke", "Ends an API key for good.") { key };
        command.SetAction(async (parse, cancellation) =>
        {
            using var client = GlobalOptions.Client(parse);
            var outcome = await client.RevokeApiKeyAsync(parse.GetRequiredValue(key), null, cancellation);
            return Answers.Print(
                parse, outcome, ResponseJson.Default.ApiKeyResponse, found => PrintKeys([found]));
        });
        return command;
    }

    private static void Print(IReadOnlyList<UserResponse> users) => Tables.Print(
        ["USER", "NAME", "ROLES", "DISABLED", "CREATED"],
        users.Select(user => (IReadOnlyList<string>)
        [
            user.UserId, user.Username, string.Join(", ", user.Roles), user.Disabled ? "yes" : "no", user.CreatedAt,
        ]));

    private static void PrintKeys(IReadOnlyList<ApiKeyResponse> keys) => Tables.Print(
        ["KEY", "LABEL", "SCOPES", "EXPIRES", "FROM"],
        keys.Select(key => (IReadOnlyList<string>)
        [
            key.KeyId, key.Label, string.Join(", ", key.Scopes), key.ExpiresAt ?? "-",
            key.IpAllow.Count == 0 ? "anywhere" : string.Join(", ", key.IpAllow),
        ]));
}
