using ReplicatedBook.Node.Tests.Gateway.Admission;
using ReplicatedBook.Node.Tests.Identity;

namespace ReplicatedBook.Node.Tests.Tcp;

/// <summary>Goal: only who says who they are is served, as who they are and as long as that holds. Method: a node with
/// users, credentials of each kind, and a clock that the test moves.</summary>
public sealed class LineAuthTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task An_access_token_and_an_API_key_let_their_user_in()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        var token = await node.Node.SignInAsync(name);
        using var first = await LineClient.ConnectAsync(node.Node.Node);
        using var second = await LineClient.ConnectAsync(node.Node.Node);

        Assert.Equal($"OK 1 user={id} node=n1 leader=n1", await first.AskAsync($"AUTH 1 {Text(token)}"));
        Assert.Equal($"OK 2 user={id} node=n1 leader=n1", await second.AskAsync($"auth 2 {await KeyAsync(token)}"));
        var status = await first.AskAsync("STATUS 3");
        Assert.StartsWith("OK 3 node=n1 role=leader leader=n1 term=", status);
        var operators = (await node.Client.GetAsync("/v1/node", node.Admin)).Expect(200);
        Assert.EndsWith($" digest={operators.TextAt("digest")}", status);
        Assert.Contains($" applied={operators.At("applied_index")} ", status);
        Assert.StartsWith("ERR 4 forbidden outcome=not_executed msg=", await first.AskAsync("CREDIT 4 a1 USD 1"));
        Assert.StartsWith("ERR 5 not_found outcome=not_executed msg=", await first.AskAsync("BALANCE 5 a999999"));
    }

    [Fact]
    public async Task Nothing_but_a_credential_that_holds_comes_first()
    {
        foreach (var (lines, reply) in new[]
        {
            ("PING a\nPING b\n", "ERR a unauthenticated outcome=not_executed msg=the%20first%20command%20must%20be%20"),
            ("STATUS a\nPING b\n", "ERR a unauthenticated outcome=not_executed msg="),
            ("AUTH a rbk_1_nonsense\nPING b\n", "ERR a unauthenticated outcome=not_executed msg="),
            ("AUTH a e30.e30.e30\nPING b\n", "ERR a unauthenticated outcome=not_executed msg="),
        })
        {
            using var client = await LineClient.ConnectAsync(node.Node.Node);
            await client.SendAsync(lines);
            Assert.StartsWith(reply, Assert.Single(await client.RestAsync()));
        }
    }

    [Fact]
    public async Task A_connection_stays_one_users_and_may_get_a_newer_credential()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var token = await node.Node.SignInAsync(name);
        using var client = await LineClient.ConnectAsync(node.Node.Node);
        Assert.StartsWith("OK 1 ", await client.AskAsync($"AUTH 1 {Text(token)}"));

        Assert.StartsWith("ERR 2 forbidden ", await client.AskAsync($"AUTH 2 {Text(node.Admin)}"));
        Assert.StartsWith("OK 3 ", await client.AskAsync($"AUTH 3 {await KeyAsync(token)}"));
    }

    [Fact]
    public async Task A_credential_that_is_taken_away_no_longer_serves_a_command_nor_the_feed()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        using var client = await LineClient.ConnectAsync(node.Node.Node);
        await client.AskAsync($"AUTH 1 {Text(await node.Node.SignInAsync(name))}");
        Assert.Equal("OK 2", await client.AskAsync("FEED 2 ON"));

        (await node.Client.PatchAsync($"/v1/users/{id}", """{"disabled":true}""", node.Admin)).Expect(200);

        var end = await client.ReadAsync();
        while (end!.StartsWith("EVENT "))
        {
            end = await client.ReadAsync();
        }

        Assert.StartsWith("ERR 2 unauthenticated outcome=not_executed msg=", end);
        Assert.StartsWith("ERR 3 unauthenticated outcome=not_executed msg=", await client.AskAsync("CANCELALL 3"));
        Assert.Equal("PONG 4", await client.AskAsync("PING 4"));
    }

    [Fact]
    public async Task Who_says_nothing_for_five_seconds_is_let_go()
    {
        var time = new ManualTime();
        await using var silent = new LinePair(node.Node.Node, time);
        await using var slow = new LinePair(node.Node.Node, time);
        await using var known = new LinePair(node.Node.Node, time);
        await known.SendAsync($"AUTH 1 {Text(await node.Node.SignInAsync(IdentityNode.Admin))}\n");
        Assert.StartsWith("OK 1 ", await known.ReadAsync());
        await slow.SendAsync("AUTH 1 ey");

        time.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.False(silent.Served.IsCompleted || slow.Served.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        foreach (var pair in new[] { silent, slow })
        {
            Assert.Equal(
                "ERR - request_timeout outcome=not_executed msg=AUTH%20did%20not%20come%20in%20time",
                await pair.ReadAsync());
            await pair.Served;
        }

        await known.SendAsync("PING 2\n");
        Assert.Equal("PONG 2", await known.ReadAsync());
    }

    private static string Text((string Name, string Value) bearer) => bearer.Value["Bearer ".Length..];

    private async Task<string> KeyAsync((string, string) own) =>
        (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read","trade"]}""", own)).Expect(201)
            .TextAt("secret")!;
}
