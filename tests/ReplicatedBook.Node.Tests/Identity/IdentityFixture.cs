using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>A node with authentication for each test class, and its first administrator.</summary>
public sealed class IdentityFixture : IAsyncLifetime
{
    // Of all that the tests do from one address.
    private static readonly string[] Wide =
    [
        "--Rates:FailedLoginsOfUser=1000", "--Rates:FailedLoginsOfAddress=1000", "--Auth:AllowRegistration=true",
        "--Tcp:Port=0",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("rb-identity-").FullName;
    private IdentityNode? _node;

    internal IdentityNode Node => _node!;

    internal TestClient Client => Node.Client;

    /// <summary>The bootstrap token of its file.</summary>
    internal string Token { get; private set; } = "";

    /// <summary>The administrator's header.</summary>
    internal (string Name, string Value) Admin { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Token = IdentityNode.WriteToken(_folder);
        _node = new IdentityNode(await TestNode.StartAsync(IdentityNode.Settings(_folder, Wide)));
        await _node.WaitUntilReadyAsync();
        (await _node.BootstrapAsync(Token)).Expect(201);
        Admin = await _node.SignInAsync(IdentityNode.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.Node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
