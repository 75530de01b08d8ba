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
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes sure that there is an administrator with a key that holds.</summary>
    /// <returns>The administrator's credentials.</returns>
    /// <exception cref="UsageException">The password of the file is not the administrator's.</exception>
    public async Task<Credentials> AdminAsync()
    {
        var token = DevClusterKeys.ReadOrCreate(DevClusterKeys.TokenFile(folder));
        var request = Credential(DevClusterKeys.Admin);
        using var client = Client(null);
        var until = DateTime.UtcNow + LevelLimit;
        while (true)
        {
            // Until all nodes have told the leader that they know of users, nobody can be one.
            var made = await client.BootstrapAsync(request, token, cancellation);
            if (made.IsCommitted || made.Problem?.Code == "bootstrap_done")
            {
                break;
            }

            if (made.Problem?.Code != "feature_disabled" || DateTime.UtcNow > until)
            {
                made.Require();
            }

            await Task.Delay(LookAgain, cancellation);
        }

        return await KeyAsync(DevClusterKeys.Admin);
    }

    /// <summary>Makes sure that there is a user of a name, with an account and a key.</summary>
    /// <param name="admin">Of the administrator.</param>
    /// <param name="name">Of the user.</param>
    public async Task<UserResponse> UserAsync(ReplicatedBookClient admin, string name)
    {
        var users = (await admin.ListUsersAsync(ReadOptions.Strong, cancellation)).Require().Items;
        var user = users.FirstOrDefault(user => user.Username == name);
        if (user is null)
        {
            var request = Credential(name);
            user = (await admin.CreateUserAsync(
                new CreateUserRequest { Username = name, Password = request.Password }, cancellation)).Require();
        }

        await KeyAsync(name);
        return user;
    }

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

    private ReplicatedBookClient Client(Credentials? credentials) =>
        new(endpoints, new ClientOptions { Credentials = credentials });
}
