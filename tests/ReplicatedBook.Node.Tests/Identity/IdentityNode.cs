using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Signs in and out at a node with authentication, as its users would.</summary>
internal sealed class IdentityNode(TestNode node)
{
    public const string Admin = "root";
    public const string Password = "kettle under the stairs";

    private static int _last;

    public TestNode Node => node;

    public TestClient Client => node.Client;

    /// <summary>The settings of a node whose first administrator is made with a token in a file of this
    /// folder.</summary>
    public static string[] Settings(string folder, params string[] more) =>
        ["--Auth:Mode=on", $"--Auth:BootstrapTokenFile={TokenFile(folder)}", .. more];

    public static string TokenFile(string folder) => Path.Combine(folder, "bootstrap-token");

    /// <summary>Writes a bootstrap token.</summary>
    public static string WriteToken(string folder)
    {
        var token = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(TokenFile(folder), token + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(TokenFile(folder), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return token;
    }

    /// <summary>The header of a credential.</summary>
    public static (string Name, string Value) Bearer(string credential) => ("Authorization", $"Bearer {credential}");

    /// <summary>Makes the first administrator.</summary>
    public Task<Answer> BootstrapAsync(string token, string username = Admin) => Client.PostAsync(
        "/v1/bootstrap?timeout_ms=20000", Credentials(username, Password), Bearer(token));

    public Task<Answer> LoginAsync(string username, string password = Password) =>
        Client.PostAsync("/v1/auth/login?timeout_ms=20000", Credentials(username, password));

    /// <summary>Logs in and gives the header of the access token.</summary>
    public async Task<(string Name, string Value)> SignInAsync(string username, string password = Password) =>
        Bearer((await LoginAsync(username, password)).Expect(200).TextAt("access_token")!);

    public Task<Answer> RefreshAsync(string token) => Client.PostAsync(
        "/v1/auth/refresh?timeout_ms=20000", $$"""{"refresh_token":"{{token}}"}""");

    /// <summary>Adds a user of a name that nobody has.</summary>
    /// <param name="admin">An administrator's header.</param>
    /// <param name="roles">Separated by commas.</param>
    public async Task<(string Name, string Id)> AddUserAsync((string, string) admin, string roles = "user")
    {
        var name = $"user-{Interlocked.Increment(ref _last)}";
        var list = string.Join(',', roles.Split(',').Select(role => $"\"{role}\""));
        var added = await Client.PostAsync(
            "/v1/users", $$"""{"username":"{{name}}","password":"{{Password}}","roles":[{{list}}]}""", admin);
        return (name, added.Expect(201).TextAt("user_id")!);
    }

    /// <summary>Waits until the node can give tokens out.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await node.WaitForFeatureLevelAsync();
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while ((await LoginAsync("nobody-there")).Code != "invalid_credentials")
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static string Credentials(string username, string password) =>
        $$"""{"username":"{{username}}","password":"{{password}}"}""";
}
