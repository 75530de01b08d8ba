using ReplicatedBook.Cli.Contexts;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Makes the users of a development cluster, and an API key for each, so that the next terminal can
/// go on.</summary>
/// <remarks>Each step looks first, so that a start that was cut short is completed by the next.</remarks>
internal sealed class DevClusterUsers(
    IReadOnlyList<Uri> endpoints, DevClusterFolder folder, CancellationToken cancellation)
{
    private static readonly TimeSpan LevelLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HashLimit = TimeSpan.FromSeconds(10);

    /// <summary>Hashing a password takes its time, most of all on a machine that has just started three
    /// nodes.</summary>
    public static ClientOptions OptionsOf(Credentials? credentials) =>
        new() { Credentials = credentials, AttemptTimeout = HashLimit };

    /// <summary>Makes sure that there is an administrator with a key that holds.</summary>
    /// <returns>The administrator's credentials.</returns>
    /// <exception cref="UsageException">The password of the file is not the administrator's.</exception>
    public async Task<Credentials> AdminAsync()
    {
        var token = DevClusterKeys.ReadOrCreate(DevClusterKeys.TokenFile(folder));
        var request = Credential(DevClusterKeys.Admin);
        using var client = Client(null);
        var made = await FirstAdministrator.MakeAsync(client, request, token, LevelLimit, cancellation);
        if (made.Problem?.Code != "bootstrap_done")
        {
            made.Require();
        }

        return await KeyAsync(DevClusterKeys.Admin);
    }

    /// <summary>Makes sure that there is a user of a name, with an account and a key.</summary>
    /// <param name="admin">Of the administrator.</param>
    /// <param name="name">Of the user.</param>
    public async Task<UserResponse> UserAsync(ReplicatedBookClient admin, string name)
    {
        var user = await FindAsync(admin, name);
        if (user is null)
        {
            var made = await admin.CreateUserAsync(
                new CreateUserRequest { Username = name, Password = Credential(name).Password }, cancellation);

            // An attempt whose answer came too late has made it all the same.
            user = made.Problem?.Code == "already_exists" ? await FindAsync(admin, name) : null;
            user ??= made.Require();
        }

        await KeyAsync(name);
        return user;
    }

    private async Task<UserResponse?> FindAsync(ReplicatedBookClient admin, string name) =>
        (await admin.ListUsersAsync(ReadOptions.Strong, cancellation)).Require().Items
            .FirstOrDefault(user => user.Username == name);

    private async Task<Credentials> KeyAsync(string name)
    {
        var keys = DevClusterKeys.Read(folder);
        if (keys.TryGetValue(name, out var known) && await HoldsAsync(Credentials.Of(known)))
        {
            return Credentials.Of(known);
        }

        using var client = Client(null);
        var login = await client.LoginAsync(Credential(name), cancellation);
        if (login.Problem?.Code == "invalid_credentials")
        {
            throw new UsageException(
                $"{DevClusterKeys.PasswordFile(folder)} is not the password of {name}; --fresh starts anew");
        }

        using var session = Client(Credentials.Of(Credentials.TokensOf(login.Require())));
        var key = (await session.CreateApiKeyAsync(
            new CreateApiKeyRequest { Label = "rb dev up", Scopes = ["read", "trade"] }, cancellation)).Require();
        keys[name] = key.Secret!;
        DevClusterKeys.Write(folder, keys);
        return Credentials.Of(key.Secret!);
    }

    private async Task<bool> HoldsAsync(Credentials credentials)
    {
        using var client = Client(credentials);
        return (await client.GetMeAsync(ReadOptions.Strong, cancellation)).Kind == ReadKind.Answered;
    }

    private CredentialsRequest Credential(string name) => new()
    {
        Username = name,
        Password = DevClusterKeys.ReadOrCreate(DevClusterKeys.PasswordFile(folder)),
    };

    private ReplicatedBookClient Client(Credentials? credentials) => new(endpoints, OptionsOf(credentials));
}
