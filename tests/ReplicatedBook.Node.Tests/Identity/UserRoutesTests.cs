using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Identity;

public sealed class UserRoutesTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task The_first_administrator_is_made_once_with_the_token_of_the_file()
    {
        (await node.Node.BootstrapAsync(node.Token, "second")).ExpectProblem(409, "bootstrap_done");
        (await node.Node.BootstrapAsync("wrong", "second")).ExpectProblem(409, "bootstrap_done");
    }

    [Fact]
    public async Task Without_the_right_token_nobody_is_made_administrator()
    {
        var folder = Directory.CreateTempSubdirectory("rb-bootstrap-").FullName;
        await using var fresh = await TestNode.StartAsync(IdentityNode.Settings(folder));
        var other = new IdentityNode(fresh);
        await other.WaitUntilReadyAsync();

        (await other.BootstrapAsync("no file yet")).ExpectProblem(403, "feature_disabled");
        var token = IdentityNode.WriteToken(folder);
        (await other.BootstrapAsync(token[..^1])).ExpectProblem(401, "invalid_credentials");
        (await other.BootstrapAsync(token + "0")).ExpectProblem(401, "invalid_credentials");
        (await other.BootstrapAsync("")).ExpectProblem(401, "invalid_credentials");
        if (!OperatingSystem.IsWindows())
        {
            var file = IdentityNode.TokenFile(folder);
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
            (await other.BootstrapAsync(token)).ExpectProblem(403, "feature_disabled");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await fresh.Client.PostAsync(
            "/v1/bootstrap", """{"username":"root","password":"password1234"}""", IdentityNode.Bearer(token)))
            .ExpectProblem(400, "invalid_field");
        var admin = (await other.BootstrapAsync(token)).Expect(201);
        Assert.Equal(["admin", "user"], admin.At("roles").EnumerateArray().Select(role => role.GetString()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Users_are_added_listed_and_changed_only_from_the_version_that_was_seen()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin, "user,operator");
        var user = (await node.Client.GetAsync($"/v1/users/{id}", node.Admin)).Expect(200);
        Assert.Equal((name, false), (user.TextAt("username"), user.At("disabled").GetBoolean()));
        Assert.Equal($"\"{user.At("version").GetInt64()}\"", user["etag"]);

        (await node.Client.PatchAsync(
            $"/v1/users/{id}", """{"roles":["auditor"]}""", node.Admin, ("If-Match", "\"1\"")))
            .ExpectProblem(412, "version_mismatch", "rejected");
        var changed = (await node.Client.PatchAsync(
            $"/v1/users/{id}", """{"roles":["auditor"]}""", node.Admin, ("If-Match", user["etag"]))).Expect(200);

        Assert.Equal(["auditor"], changed.At("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.True(changed.At("version").GetInt64() > user.At("version").GetInt64());
        var page = (await node.Client.GetAsync("/v1/users?order=asc&limit=1", node.Admin)).Expect(200);
        Assert.Equal("u1", page.TextAt("items", "0", "user_id"));
        var next = (await node.Client.GetAsync(
            $"/v1/users?order=asc&cursor={page.TextAt("next_cursor")}", node.Admin)).Expect(200);
        Assert.Equal("u2", next.TextAt("items", "0", "user_id"));
        (await node.Client.GetAsync("/v1/users/u9999", node.Admin)).ExpectProblem(404, "not_found");
        (await node.Client.PatchAsync("/v1/users/u9999", """{"disabled":true}""", node.Admin))
            .ExpectProblem(404, "not_found", "rejected");
    }

    [Theory]
    [InlineData("""{"username":"ab","password":"kettle under the stairs"}""")]
    [InlineData("""{"username":"-abc","password":"kettle under the stairs"}""")]
    [InlineData("""{"username":"with space","password":"kettle under the stairs"}""")]
    [InlineData("""{"username":"good.name","password":"eleven char"}""")]
    [InlineData("""{"username":"good.name","password":"qwertyuiop123"}""")]
    [InlineData("""{"username":"good.name","password":"kettle under the stairs","roles":[]}""")]
    [InlineData("""{"username":"good.name","password":"kettle under the stairs","roles":["king"]}""")]
    [InlineData("""{"username":"good.name","password":"kettle under the stairs","roles":["user","user"]}""")]
    public async Task Bad_names_passwords_and_roles_never_reach_the_log(string body)
    {
        var index = node.Node.Node.AppliedIndex;

        (await node.Client.PostAsync("/v1/users", body, node.Admin)).ExpectProblem(400, "invalid_field");

        Assert.Equal(index, node.Node.Node.AppliedIndex);
    }

    [Fact]
    public async Task A_name_is_given_once_whatever_its_letters()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);

        (await node.Client.PostAsync(
            "/v1/users", $$"""{"username":"{{name.ToUpperInvariant()}}","password":"another long password"}""",
            node.Admin)).ExpectProblem(409, "already_exists", "rejected");
    }

    [Fact]
    public async Task Who_signs_up_is_a_user_with_an_account()
    {
        var signed = (await node.Client.PostAsync(
            "/v1/auth/register", """{"username":"newcomer","password":"kettle under the stairs"}""")).Expect(201);
        var me = (await node.Client.GetAsync("/v1/me", await node.Node.SignInAsync("newcomer"))).Expect(200);

        Assert.Equal((signed.TextAt("user_id"), signed.TextAt("account_id")),
            (me.TextAt("user_id"), me.TextAt("accounts", "0")));
        Assert.Equal(["user"], me.At("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task The_last_administrator_stays_one()
    {
        foreach (var change in new[] { """{"disabled":true}""", """{"roles":["user"]}""" })
        {
            (await node.Client.PatchAsync("/v1/users/u1", change, node.Admin))
                .ExpectProblem(409, "last_admin", "rejected");
        }
    }

    [Fact]
    public async Task Other_roles_end_access_tokens_and_count_from_the_next_one_on()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        var login = (await node.Node.LoginAsync(name)).Expect(200);
        var before = IdentityNode.Bearer(login.TextAt("access_token")!);
        (await node.Client.GetAsync("/v1/users", before)).ExpectProblem(403, "forbidden");

        (await node.Client.PatchAsync($"/v1/users/{id}", """{"roles":["admin","user"]}""", node.Admin)).Expect(200);

        (await node.Client.GetAsync("/v1/users", before)).ExpectProblem(401, "unauthenticated");
        var refreshed = (await node.Node.RefreshAsync(login.TextAt("refresh_token")!)).Expect(200);
        (await node.Client.GetAsync("/v1/users", IdentityNode.Bearer(refreshed.TextAt("access_token")!))).Expect(200);

        // For the test of the last administrator, which may come after this one.
        (await node.Client.PatchAsync($"/v1/users/{id}", """{"roles":["user"]}""", node.Admin)).Expect(200);
    }
}
