using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Identity;

/// <summary>Goal: no secret, and no hash of one, is in anything a node gives out. Method: secrets that are easy to find
/// go in on every way; then all that can be read is searched for them, their hashes, and both in base64.</summary>
public sealed class SecretLeakTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    private static readonly string[] Readable =
    [
        "/v1/users", "/v1/me", "/v1/api_keys", "/v1/node/log?limit=1000", "/v1/feed?from_index=1&limit=1000",
        "/v1/node", "/v1/cluster", "/v1/audit?limit=1000", "/metrics", "/.well-known/jwks.json", "/openapi/v1.json",
        "/v1/node/state?part=accounts", "/v1/node/state?part=balances", "/v1/node/state?part=books",
        "/v1/node/state?part=assets",
    ];

    [Fact]
    public async Task What_is_secret_is_found_nowhere()
    {
        const string Password = "marker-password-one";
        const string Next = "marker-password-two";
        (await node.Client.PostAsync(
            "/v1/users", $$"""{"username":"marked","password":"{{Password}}","roles":["user","admin"]}""", node.Admin))
            .Expect(201);
        var login = (await node.Node.LoginAsync("marked", Password)).Expect(200);
        var own = IdentityNode.Bearer(login.TextAt("access_token")!);
        var key = (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", own)).Expect(201);
        var refreshed = (await node.Node.RefreshAsync(login.TextAt("refresh_token")!)).Expect(200);
        (await node.Node.RefreshAsync(login.TextAt("refresh_token")!)).Expect(401);
        (await node.Node.LoginAsync("marked", Next)).Expect(401);
        own = await node.Node.SignInAsync("marked", Password);
        (await node.Client.SendAsync(
            HttpMethod.Put, "/v1/auth/password",
            TestClient.Json($$"""{"current":"{{Password}}","new":"{{Next}}"}"""), own)).Expect(204);
        own = await node.Node.SignInAsync("marked", Next);
        var marks = await MarksAsync(
            [Password, Next, node.Token],
            [
                key.TextAt("secret")!, login.TextAt("refresh_token")!, refreshed.TextAt("refresh_token")!,
                login.TextAt("access_token")!,
            ]);

        foreach (var path in Readable)
        {
            var answer = (await node.Client.GetAsync(path, node.Admin)).Expect(200);
            var shown = answer.Text + Decoded(answer.Text);
            Assert.All(marks, mark => Assert.False(
                shown.Contains(mark, StringComparison.Ordinal), $"{path} shows {mark}"));
        }

        (await node.Client.GetAsync("/v1/me", own)).Expect(200);
    }

    private async Task<List<string>> MarksAsync(string[] plain, string[] credentials)
    {
        var kept = (await node.Node.Node.Services.GetRequiredService<IReplicaReader>().ReadAsync(
            exchange => Enumerable.Range(1, (int)exchange.UserCount)
                .Select(id => exchange.PasswordHashOf(new UserId(id))!).ToList(),
            CancellationToken.None)).Value;
        var secrets = credentials.Select(credential => credential[^43..]).ToList();
        var hashes = secrets.Select(secret => ReplicatedBook.Node.Security.Secrets.HashOf(secret)).ToList();
        return
        [
            .. plain, .. secrets, .. kept, .. hashes.Select(Convert.ToBase64String),
            .. hashes.Select(Convert.ToHexStringLower), .. hashes.Select(hash => Encoding.Latin1.GetString(hash)),
        ];
    }

    // Bytes of commands are shown in base64: what stands in them, one character for each byte.
    private static string Decoded(string text)
    {
        var decoded = new StringBuilder();
        foreach (var part in text.Split('"'))
        {
            var bytes = new byte[part.Length];
            if (part.Length >= 8 && Convert.TryFromBase64String(part, bytes, out var count))
            {
                decoded.Append(Encoding.Latin1.GetString(bytes, 0, count)).Append('\n');
            }
        }

        return decoded.ToString();
    }
}
