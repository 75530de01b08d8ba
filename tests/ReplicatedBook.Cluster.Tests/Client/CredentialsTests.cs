using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Client;

/// <summary>Goal: a program that has logged in need not think of it again, and no refresh token is used
/// twice.</summary>
public sealed class CredentialsTests
{
    private const string Me = """{"user_id":"u1","username":"a","roles":[],"scopes":[],"accounts":[]}""";

    private const string Renewed =
        """
        {"access_token":"A2","token_type":"Bearer","expires_in":900,"refresh_token":"R2",
         "user":{"user_id":"u1","username":"a","roles":[],"disabled":false,"created_at":"t","version":1}}
        """;

    [Fact]
    public async Task A_token_that_is_over_is_renewed_once_and_the_request_is_sent_again()
    {
        await using var node = new NodeDouble()
            .Problem(401, "token_expired", "not_executed").Answer(200, Renewed).Answer(200, Me);
        var credentials = Credentials.Of(new SessionTokens("A1", "R1"));
        using var client = Client(node, credentials);

        (await client.GetMeAsync(ReadOptions.Strong, TestContext.Current.CancellationToken)).Require();
        (await client.GetMeAsync(ReadOptions.Strong, TestContext.Current.CancellationToken)).Require();

        Assert.Equal(["Bearer A1", "-", "Bearer A2", "Bearer A2"], node.Bearers);
        Assert.Equal("""{"refresh_token":"R1"}""", node.Bodies[1]);
        Assert.Equal(new SessionTokens("A2", "R2"), credentials.Session);
    }

    [Fact]
    public async Task A_write_keeps_its_key_over_a_renewal()
    {
        await using var node = new NodeDouble()
            .Problem(401, "unauthenticated", "not_executed").Answer(200, Renewed)
            .Answer(201, """{"account_id":"a1","user_id":"u1","label":"","created_at":"t"}""");
        using var client = Client(node, Credentials.Of(new SessionTokens("A1", "R1")));

        (await client.CreateAccountAsync(
            new CreateAccountRequest(), "key", TestContext.Current.CancellationToken)).Require();

        Assert.Equal(["key", "-", "key"], node.Keys);
    }

    [Fact]
    public async Task What_cannot_be_renewed_is_refused_and_asked_once()
    {
        await using var node = new NodeDouble().Problem(401, "unauthenticated", "not_executed");
        using var client = Client(node, Credentials.Of("rbk_1_x"));

        var answer = await client.GetMeAsync(ReadOptions.Strong, TestContext.Current.CancellationToken);

        Assert.Equal((ReadKind.Refused, 1), (answer.Kind, node.Paths.Count));
    }

    [Fact]
    public async Task A_refresh_token_that_may_have_been_used_is_not_used_again()
    {
        await using var node = new NodeDouble().Problem(401, "token_expired", "not_executed").Break();
        using var client = Client(node, Credentials.Of(new SessionTokens("A1", "R1")));

        var answer = await client.GetMeAsync(ReadOptions.Strong, TestContext.Current.CancellationToken);

        Assert.Equal(ReadKind.Refused, answer.Kind);
        Assert.Single(node.Paths, path => path.StartsWith("/v1/auth/refresh", StringComparison.Ordinal));
    }

    [Fact]
    public void Tokens_are_not_written_out()
    {
        Assert.DoesNotContain("A1", $"{new SessionTokens("A1", "R1")}", StringComparison.Ordinal);
    }

    private static ReplicatedBookClient Client(NodeDouble node, Credentials credentials) =>
        new([node.Endpoint], new ClientOptions { Credentials = credentials, Deadline = TimeSpan.FromSeconds(20) });
}
