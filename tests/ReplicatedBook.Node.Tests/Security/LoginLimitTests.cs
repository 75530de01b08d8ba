using ReplicatedBook.Node.Tests.Identity;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: passwords cannot be guessed, and who tries is on record. Method: a node with the limits as they
/// come.</summary>
public sealed class LoginLimitTests
{
    [Fact]
    public async Task The_sixth_wrong_password_is_not_even_compared_and_the_five_are_on_record()
    {
        var folder = Directory.CreateTempSubdirectory("rb-logins-").FullName;
        var token = IdentityNode.WriteToken(folder);
        await using var node = await TestNode.StartAsync(IdentityNode.Settings(folder));
        var identity = new IdentityNode(node);
        await node.WaitForFeatureLevelAsync();
        (await identity.BootstrapAsync(token)).Expect(201);
        using var patience = new CancellationTokenSource(TestClient.Patience);
        Answer signedIn;
        while ((int)(signedIn = await identity.LoginAsync(IdentityNode.Admin)).Status != 200)
        {
            Assert.Equal("no_leader", signedIn.Code); // Until the cluster knows the node's key.
            patience.Token.ThrowIfCancellationRequested();
        }

        var admin = IdentityNode.Bearer(signedIn.TextAt("access_token")!);
        for (var i = 0; i < 5; i++)
        {
            (await identity.LoginAsync(IdentityNode.Admin, "not the right one")).ExpectProblem(
                401, "invalid_credentials");
        }

        var before = node.AppliedIndex;
        var refused = (await identity.LoginAsync(IdentityNode.Admin)).ExpectProblem(429, "rate_limited");
        Assert.Equal("\"login\";q=5;w=300", refused["ratelimit-policy"]);
        Assert.InRange(int.Parse(refused["retry-after"]), 200, 300);
        (await identity.LoginAsync("somebody-else", "not the right one")).ExpectProblem(401, "invalid_credentials");
        List<string> records = [];
        while (records.Count < 5)
        {
            var page = (await node.Client.GetAsync("/v1/audit?action=access", admin)).Expect(200);
            records = [.. page.At("items").EnumerateArray().Select(record => record.GetRawText())];
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.All(records, record =>
        {
            Assert.Contains("POST /v1/auth/login", record, StringComparison.Ordinal);
            Assert.Contains("invalid_credentials", record, StringComparison.Ordinal);
            Assert.Contains("127.0.0.1", record, StringComparison.Ordinal);
        });
        Assert.InRange(node.AppliedIndex - before, 0, 5);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Nobody_signs_in_or_makes_keys_so_often_that_the_audit_forgets_others()
    {
        var folder = Directory.CreateTempSubdirectory("rb-logins-").FullName;
        var token = IdentityNode.WriteToken(folder);
        await using var node = await TestNode.StartAsync(
            IdentityNode.Settings(folder, "--Rates:Credentials=4", "--Rates:CredentialsWindow=01:00:00"));
        var identity = new IdentityNode(node);
        await identity.WaitUntilReadyAsync();
        (await identity.BootstrapAsync(token)).Expect(201);
        var admin = await identity.SignInAsync(IdentityNode.Admin);
        var other = await identity.AddUserAsync(admin);
        await identity.SignInAsync(IdentityNode.Admin);
        const string Key = """{"label":"k","scopes":["read"]}""";
        var key = (await node.Client.PostAsync("/v1/api_keys", Key, admin)).Expect(201);
        Assert.Equal("\"credentials\";q=4;w=3600", key["ratelimit-policy"]);
        (await node.Client.DeleteAsync($"/v1/api_keys/{key.TextAt("key_id")}", admin)).Expect(200);

        (await node.Client.PostAsync("/v1/api_keys", Key, admin)).ExpectProblem(429, "rate_limited");
        (await node.Client.PostAsync("/v1/auth/logout", "{}", admin)).ExpectProblem(429, "rate_limited");
        (await identity.LoginAsync(IdentityNode.Admin)).ExpectProblem(429, "rate_limited");

        var audit = (await node.Client.GetAsync("/v1/audit?order=asc&consistency=strong", admin)).Expect(200);
        Assert.Equal(
            ["bootstrap", "login", "user.create", "login", "api_key.create", "api_key.revoke"],
            audit.At("items").EnumerateArray().Select(record => record.GetProperty("action").GetString()!)
                .Where(action => action is not ("access" or "signing_key.add" or "feature_level.set")));
        await identity.SignInAsync(other.Name);
        Directory.Delete(folder, recursive: true);
    }
}
