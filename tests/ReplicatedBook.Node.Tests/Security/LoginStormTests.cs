using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: however many sign in at once, orders go on. Method: hashes that take long, one at a time; more logins
/// than may wait; and an order while none of their places is free.</summary>
public sealed class LoginStormTests
{
    private const int AtOnce = 1;
    private const int Places = 2;
    private const int Logins = 30;

    [Fact]
    public async Task Logins_take_their_own_threads_and_places_and_an_order_in_between_is_committed()
    {
        await using var node = await GuardedNode.StartAsync(
            "--Auth:Mode=on", $"--Auth:MaxHashesAtOnce={AtOnce}", $"--Auth:MaxWaitingHashes={Places}",
            "--Auth:PasswordIterations=500000", "--Rates:FailedLoginsOfAddress=10000");
        await node.WithMarketsAsync();
        var order = NodeFixture.Limit(await node.OpenAccountAsync(GuardedNode.Alice), "BTC-USD", "buy", "1.00", "1");
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while ((await LoginAsync(node, "first")).Code == "no_leader") // Until the cluster knows the node's key.
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        var hashing = node.Node.Services.GetRequiredService<PasswordHashing>();
        var wasFull = false;
        for (var round = 0; !wasFull; round++)
        {
            var storm = Enumerable.Range(0, Logins).Select(i => LoginAsync(node, $"stranger-{round}-{i}")).ToList();
            while (!IsFull(hashing) && !storm.TrueForAll(login => login.IsCompleted))
            {
                Assert.InRange(hashing.Running, 0, AtOnce);
                Assert.InRange(hashing.Waiting, 0, Places);
                await Task.Yield();
            }

            wasFull = IsFull(hashing);
            (await node.Client.PostAsync("/v1/orders", order, GuardedNode.Alice)).Expect(201);
            wasFull &= IsFull(hashing);
            var answers = await Task.WhenAll(storm);
            var refused = answers.Count(answer => answer.Code == "overloaded");
            Assert.InRange(refused, 1, Logins - Places); // All may come before the first has left its place.
            Assert.Equal(Logins - refused, answers.Count(answer => answer.Code == "invalid_credentials"));
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static bool IsFull(PasswordHashing hashing) => (hashing.Running, hashing.Waiting) == (AtOnce, Places);

    private static Task<Answer> LoginAsync(GuardedNode node, string name) => node.Client.PostAsync(
        "/v1/auth/login?timeout_ms=20000", $$"""{"username":"{{name}}","password":"not the right password"}""");
}
