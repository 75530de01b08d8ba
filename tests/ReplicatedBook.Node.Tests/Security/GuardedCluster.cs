using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security.Identity;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Node.Tests.Identity;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Three nodes with users who have signed in at one or another of them, with assets, and accounts with money
/// of the owner, the other and the administrator; and a node of another cluster, whose token is no good
/// here.</summary>
public sealed class GuardedCluster : IAsyncLifetime
{
    private static readonly string[] Roles = ["user", "user", "auditor", "operator", "admin,user"];

    private static readonly string[] Wide =
        ["--Raft:ElectionTimeout=00:00:02", "--Auth:AllowRegistration=true", "--Auth:MaxWaitingHashes=1000"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rb-guarded-").FullName;
    private readonly List<TestNode> _nodes = [];

    /// <summary>Of the callers of the table, in its order; null for none.</summary>
    internal (string Name, string Value)?[] Credentials { get; } = new (string, string)?[AccessTable.Callers.Length];

    /// <summary>Names of the callers that are users.</summary>
    internal string[] Usernames { get; } = new string[Roles.Length];

    /// <summary>Name of a user who is none of the callers, so that many may sign in as them.</summary>
    internal string Guest { get; private set; } = "";

    internal (string, string) Admin => Credentials[4]!.Value;

    internal (string, string) Owner => Credentials[0]!.Value;

    /// <summary>The owner's account.</summary>
    internal string Account { get; private set; } = "";

    /// <summary>The other's account.</summary>
    internal string OthersAccount { get; private set; } = "";

    /// <summary>The token that made the first administrator.</summary>
    internal string BootstrapToken { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        BootstrapToken = IdentityNode.WriteToken(_folder);
        await StartNodesAsync();
        var first = new IdentityNode(_nodes[0]);
        (await first.BootstrapAsync(BootstrapToken)).Expect(201);
        var root = await first.SignInAsync(IdentityNode.Admin);
        for (var i = 0; i < Roles.Length; i++)
        {
            (Usernames[i], _) = await first.AddUserAsync(root, Roles[i]);
            Credentials[i] = await new IdentityNode(_nodes[i % _nodes.Count]).SignInAsync(Usernames[i]);
        }

        (Guest, _) = await first.AddUserAsync(root);
        Credentials[6] = IdentityNode.Bearer(Expired());
        Credentials[7] = await ForeignAsync();
        foreach (var (asset, scale) in new[] { ("USD", 2), ("BTC", 8), ("EUR", 4) })
        {
            (await first.Client.PostAsync("/v1/assets", $$"""{"asset":"{{asset}}","scale":{{scale}}}""", Admin))
                .Expect(201);
        }

        Account = await OpenAsync(first.Client, Owner);
        OthersAccount = await OpenAsync(first.Client, Credentials[1]!.Value);
        await OpenAsync(first.Client, Admin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A user of the roles of one of the callers who nobody else is, signed in.</summary>
    internal async Task<(string Name, string Value)> NewUserAsync(TestClient node, int caller)
    {
        var identity = new IdentityNode(_nodes.Single(each => each.Client == node));
        var (name, _) = await identity.AddUserAsync(Admin, Roles[caller]);
        return await identity.SignInAsync(name);
    }

    /// <summary>The node that leads, and one that follows it.</summary>
    internal async Task<TestClient[]> LeaderAndFollowerAsync()
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (true)
        {
            var leader = (await _nodes[0].Client.GetAsync("/livez"))["rb-leader"];
            var roles = new List<(TestClient Client, string Name, string Role)>();
            foreach (var node in _nodes)
            {
                var answer = await node.Client.GetAsync("/livez");
                roles.Add((node.Client, answer["rb-node"], answer["rb-role"]));
            }

            if (roles.SingleOrDefault(node => node.Name == leader && node.Role == "leader").Client is { } leading)
            {
                return [leading, roles.First(node => node.Role == "follower").Client];
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task StartNodesAsync()
    {
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        foreach (var member in members)
        {
            _nodes.Add(await TestNode.StartAsync(
                IdentityNode.Settings(_folder, Wide), member.Id, members, "guarded"));
        }

        foreach (var node in _nodes)
        {
            await new IdentityNode(node).WaitUntilReadyAsync();
        }
    }

    /// <summary>The owner's token, right in all but its time.</summary>
    private string Expired()
    {
        const long Past = 1_700_000_000;
        return _nodes[0].Services.GetRequiredService<NodeKeys>().Current!.Sign(new TokenClaims(
            "guarded", TokenClaims.Api, new UserId(2), new SessionId(2), Past, Past + 900, "expired",
            Matching.Values.Roles.User, Scopes.Read | Scopes.Trade, 1));
    }

    private async Task<(string, string)> ForeignAsync()
    {
        var folder = Path.Combine(_folder, "foreign");
        Directory.CreateDirectory(folder);
        var token = IdentityNode.WriteToken(folder);
        await using var node = await TestNode.StartAsync(IdentityNode.Settings(folder), cluster: "foreign");
        var foreign = new IdentityNode(node);
        await foreign.WaitUntilReadyAsync();
        (await foreign.BootstrapAsync(token)).Expect(201);
        return await foreign.SignInAsync(IdentityNode.Admin);
    }

    private async Task<string> OpenAsync(TestClient node, (string, string) user)
    {
        var account = (await node.PostAsync("/v1/accounts", "{}", user)).Expect(201).TextAt("account_id")!;
        foreach (var asset in new[] { "USD", "BTC", "EUR" })
        {
            (await node.PostAsync(
                $"/v1/accounts/{account}/deposits", $$"""{"asset":"{{asset}}","amount":"1000000"}""", Admin))
                .Expect(201);
        }

        return account;
    }
}
