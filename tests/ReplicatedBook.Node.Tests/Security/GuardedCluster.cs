using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Three nodes whose callers say who they are, with assets, and accounts with money of the owner, the other
/// and the administrator.</summary>
public sealed class GuardedCluster : IAsyncLifetime
{
    private readonly List<TestNode> _nodes = [];

    /// <summary>Of the callers of the table, in its order; null for none.</summary>
    internal static readonly (string Name, string Value)?[] Credentials =
    [
        ScriptedAuthenticator.As(1), ScriptedAuthenticator.As(2), ScriptedAuthenticator.As(3, Roles.Auditor),
        ScriptedAuthenticator.As(4, Roles.Operator), Admin, null, ("Authorization", "Bearer expired"),
        ("Authorization", "Bearer foreign"),
    ];

    internal static (string, string) Admin => ScriptedAuthenticator.As(5, Roles.Admin | Roles.User);

    internal static (string, string) Owner => ScriptedAuthenticator.As(1);

    /// <summary>The owner's account.</summary>
    internal string Account { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        TestMember[] members =
        [
            .. Enumerable.Range(1, 3).Select(k => new TestMember($"n{k}", TestNode.FreePort(), TestNode.FreePort())),
        ];
        foreach (var member in members)
        {
            _nodes.Add(await TestNode.StartAsync(
                ["--Raft:ElectionTimeout=00:00:02"], member.Id, members, "guarded",
                services => services.AddSingleton<IAuthenticator>(new ScriptedAuthenticator())));
        }

        foreach (var node in _nodes)
        {
            await node.Client.WaitUntilReadyAsync();
            await node.WaitForFeatureLevelAsync();
        }

        var first = _nodes[0].Client;
        foreach (var (asset, scale) in new[] { ("USD", 2), ("BTC", 8), ("EUR", 4) })
        {
            (await first.PostAsync("/v1/assets", $$"""{"asset":"{{asset}}","scale":{{scale}}}""", Admin)).Expect(201);
        }

        Account = await OpenAsync(first, Owner);
        await OpenAsync(first, ScriptedAuthenticator.As(2));
        await OpenAsync(first, Admin);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
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

    private static async Task<string> OpenAsync(TestClient node, (string, string) user)
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
