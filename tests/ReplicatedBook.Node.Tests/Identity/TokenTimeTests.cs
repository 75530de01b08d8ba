using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: tokens and keys end in time, and nobody who goes on is refused. Method: a node whose tokens and keys
/// live for seconds.</summary>
public sealed class TokenTimeTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rb-identity-").FullName;
    private IdentityNode? _node;

    private IdentityNode Node => _node!;

    public async ValueTask InitializeAsync()
    {
        var token = IdentityNode.WriteToken(_folder);
        _node = new IdentityNode(await TestNode.StartAsync(
            IdentityNode.Settings(_folder, "--Auth:AccessTokenLifetime=00:00:02", "--Rates:Reads=100000")));
        await _node.WaitUntilReadyAsync();
        (await _node.BootstrapAsync(token)).Expect(201);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.Node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_token_ends_with_its_time_and_a_refresh_gives_another()
    {
        var login = (await Node.LoginAsync(IdentityNode.Admin)).Expect(200);
        var bearer = IdentityNode.Bearer(login.TextAt("access_token")!);
        using var patience = new CancellationTokenSource(TestClient.Patience);
        Answer answer;
        while ((answer = await Node.Client.GetAsync("/v1/me", bearer)).Code is null)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        answer.ExpectProblem(401, "token_expired");
        var next = (await Node.RefreshAsync(login.TextAt("refresh_token")!)).Expect(200);
        (await Node.Client.GetAsync("/v1/me", IdentityNode.Bearer(next.TextAt("access_token")!))).Expect(200);
    }

    /// <summary>Goal: a rotation refuses nobody, and ends what the old key signed. Method: a client reads without a
    /// pause while the key is changed three times.</summary>
    [Fact]
    public async Task A_key_is_changed_while_a_client_goes_on_and_the_old_one_is_retired()
    {
        var first = await KeyAsync();
        var login = (await Node.LoginAsync(IdentityNode.Admin)).Expect(200);
        var refresh = login.TextAt("refresh_token")!;
        for (var rotation = 0; rotation < 3; rotation++)
        {
            var answer = (await Node.RefreshAsync(refresh)).Expect(200);
            refresh = answer.TextAt("refresh_token")!;
            var bearer = IdentityNode.Bearer(answer.TextAt("access_token")!);
            var rotated = Node.Client.PostAsync("/v1/node/signing_keys", "", bearer);
            do
            {
                (await Node.Client.GetAsync("/v1/me", bearer)).Expect(200);
            }
            while (!rotated.IsCompleted);

            (await rotated).Expect(201);
            (await Node.Client.GetAsync("/v1/me", bearer)).Expect(200);
        }

        Assert.NotEqual(first, await KeyAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var reader = Node.Node.Services.GetRequiredService<IReplicaReader>();
        while (true)
        {
            var index = Node.Node.AppliedIndex;
            if (await KeyAsync() != "")
            {
                break;
            }

            await reader.WaitAppliedAsync(index + 1, patience.Token);
        }
    }

    // The name of the only key that holds; empty while there are several.
    private async Task<string> KeyAsync()
    {
        var keys = (await Node.Client.GetAsync("/.well-known/jwks.json")).Expect(200).At("keys");
        return keys.GetArrayLength() == 1 ? keys[0].GetProperty("kid").GetString()! : "";
    }
}
