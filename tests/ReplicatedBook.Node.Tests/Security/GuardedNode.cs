using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>A node whose callers say who they are, with a market in it.</summary>
internal sealed class GuardedNode : IAsyncDisposable
{
    private GuardedNode(TestNode node) => Node = node;

    public static (string, string) Admin { get; } = ScriptedAuthenticator.As(1, Roles.Admin | Roles.User);

    public static (string, string) Alice { get; } = ScriptedAuthenticator.As(2);

    public static (string, string) Bob { get; } = ScriptedAuthenticator.As(3);

    public static (string, string) Auditor { get; } = ScriptedAuthenticator.As(4, Roles.Auditor);

    public TestNode Node { get; }

    public TestClient Client => Node.Client;

    public ScriptedAuthenticator Authenticator { get; private init; } = new();

    public static async Task<GuardedNode> StartAsync(params string[] settings)
    {
        var authenticator = new ScriptedAuthenticator();
        var node = await TestNode.StartAsync(
            settings, more: services => services.AddSingleton<IAuthenticator>(authenticator));
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while ((await node.Client.GetAsync("/readyz")).Status != System.Net.HttpStatusCode.OK)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        await node.WaitForFeatureLevelAsync();
        return new GuardedNode(node) { Authenticator = authenticator };
    }

    /// <summary>Adds USD, BTC, EUR, the instrument BTC-USD and a betting market b1.</summary>
    public async Task<GuardedNode> WithMarketsAsync()
    {
        foreach (var (asset, scale) in new[] { ("USD", 2), ("BTC", 8), ("EUR", 4) })
        {
            (await Client.PostAsync("/v1/assets", $$"""{"asset":"{{asset}}","scale":{{scale}}}""", Admin)).Expect(201);
        }

        (await Client.PostAsync("/v1/instruments", NodeFixture.Instrument("BTC-USD"), Admin)).Expect(201);
        (await Client.PostAsync("/v1/betting/markets", BettingMarkets.Market("Cup"), Admin)).Expect(201);
        return this;
    }

    /// <summary>Opens an account of a user's, with money.</summary>
    public async Task<string> OpenAccountAsync((string, string) user)
    {
        var account = (await Client.PostAsync("/v1/accounts", "{}", user)).Expect(201).TextAt("account_id")!;
        foreach (var asset in new[] { "USD", "BTC", "EUR" })
        {
            (await Client.PostAsync(
                $"/v1/accounts/{account}/deposits", $$"""{"asset":"{{asset}}","amount":"1000"}""", Admin)).Expect(201);
        }

        return account;
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
