namespace ReplicatedBook.Node.Tests.Identity;

public sealed class ApiKeyRoutesTests(IdentityFixture node) : IClassFixture<IdentityFixture>
{
    [Fact]
    public async Task A_key_opens_what_its_scopes_and_its_users_roles_allow_and_is_shown_once()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        var created = (await node.Client.PostAsync(
            "/v1/api_keys", """{"label":"robot","scopes":["read"]}""", own)).Expect(201);
        var key = IdentityNode.Bearer(created.TextAt("secret")!);

        Assert.Equal(["read"], (await node.Client.GetAsync("/v1/me", key)).Expect(200)
            .At("scopes").EnumerateArray().Select(scope => scope.GetString()));
        (await node.Client.PostAsync("/v1/accounts", "{}", key)).ExpectProblem(403, "forbidden");
        (await node.Client.GetAsync("/v1/users", key)).ExpectProblem(403, "forbidden");
        var listed = (await node.Client.GetAsync("/v1/api_keys", own)).Expect(200);
        Assert.Equal(created.TextAt("key_id"), listed.TextAt("items", "0", "key_id"));
        Assert.DoesNotContain(created.TextAt("secret")!, listed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_revoked_expired_changed_or_of_a_disabled_user_opens_nothing()
    {
        var (name, id) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        var first = (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", own)).Expect(201);
        var second = (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", own)).Expect(201);
        var secret = first.TextAt("secret")!;

        (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(secret))).Expect(200);
        var flipped = secret[..^2] + (secret[^2] == 'A' ? 'B' : 'A') + secret[^1];
        (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(flipped))).ExpectProblem(401, "unauthenticated");
        (await node.Client.DeleteAsync($"/v1/api_keys/{first.TextAt("key_id")}", own)).Expect(200);
        (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(secret))).ExpectProblem(401, "unauthenticated");
        (await node.Client.DeleteAsync($"/v1/api_keys/{first.TextAt("key_id")}", own))
            .ExpectProblem(404, "not_found", "rejected");
        (await node.Client.PostAsync(
            "/v1/api_keys", """{"scopes":["read"],"expires_at":"2001-01-01T00:00:00Z"}""", own))
            .ExpectProblem(400, "invalid_field", "rejected");
        (await node.Client.PatchAsync($"/v1/users/{id}", """{"disabled":true}""", node.Admin)).Expect(200);
        (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(second.TextAt("secret")!)))
            .ExpectProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_key_works_from_its_addresses_only()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        foreach (var (addresses, opens) in new[]
        {
            ("\"127.0.0.1\"", true), ("\"10.0.0.0/8\",\"127.0.0.0/8\"", true), ("\"10.0.0.0/8\"", false),
            ("\"::1\"", false), ("", true),
        })
        {
            var created = (await node.Client.PostAsync(
                "/v1/api_keys", $$"""{"scopes":["read"],"ip_allow":[{{addresses}}]}""", own)).Expect(201);
            (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(created.TextAt("secret")!)))
                .Expect(opens ? 200 : 401);
        }

        foreach (var addresses in new[] { "\"host\"", "\"10.0.0.0/33\"", "\"fe80::1%eth0\"" })
        {
            (await node.Client.PostAsync(
                "/v1/api_keys", $$"""{"scopes":["read"],"ip_allow":[{{addresses}}]}""", own))
                .ExpectProblem(400, "invalid_field");
        }
    }

    /// <summary>Goal: a stolen key cannot make itself a successor.</summary>
    [Fact]
    public async Task A_key_makes_no_other_credential()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        var key = IdentityNode.Bearer((await node.Client.PostAsync(
            "/v1/api_keys", """{"scopes":["read","trade"]}""", own)).Expect(201).TextAt("secret")!);

        (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", key)).ExpectProblem(403, "forbidden");
        (await node.Client.PostAsync("/v1/auth/logout", "{}", key)).ExpectProblem(403, "forbidden");
        (await node.Client.SendAsync(
            HttpMethod.Put, "/v1/auth/password",
            Running.TestClient.Json("""{"current":"kettle under the stairs","new":"another long password"}"""), key))
            .ExpectProblem(403, "forbidden");
        (await node.Client.GetAsync("/v1/me", own)).Expect(200);
    }

    [Fact]
    public async Task Somebody_elses_key_is_not_there()
    {
        var (name, _) = await node.Node.AddUserAsync(node.Admin);
        var (other, _) = await node.Node.AddUserAsync(node.Admin);
        var own = await node.Node.SignInAsync(name);
        var created = (await node.Client.PostAsync("/v1/api_keys", """{"scopes":["read"]}""", own)).Expect(201);

        (await node.Client.DeleteAsync(
            $"/v1/api_keys/{created.TextAt("key_id")}", await node.Node.SignInAsync(other)))
            .ExpectProblem(404, "not_found", "rejected");
        (await node.Client.GetAsync("/v1/me", IdentityNode.Bearer(created.TextAt("secret")!))).Expect(200);
    }
}
