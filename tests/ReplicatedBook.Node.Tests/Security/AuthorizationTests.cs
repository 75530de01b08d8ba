using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Goal: who is refused has touched nothing, and limits hold. Method: a node whose callers say who they
/// are.</summary>
public sealed class AuthorizationTests
{
    private static readonly (string, string) Admin = ScriptedAuthenticator.As(1, Roles.Admin | Roles.User);
    private static readonly (string, string) Alice = ScriptedAuthenticator.As(2);

    [Fact]
    public async Task A_role_or_a_scope_that_is_not_there_is_forbidden_and_only_that_is_logged()
    {
        await using var node = await StartAsync();
        var before = node.AppliedIndex;

        (await node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""", Alice))
            .ExpectProblem(403, "forbidden");
        (await node.Client.PostAsync("/v1/accounts", "{}", ScriptedAuthenticator.As(2, Roles.User, Scopes.Read)))
            .ExpectProblem(403, "forbidden");
        (await node.Client.GetAsync("/v1/accounts", ScriptedAuthenticator.As(2, Roles.User, Scopes.Trade)))
            .ExpectProblem(403, "forbidden");

        (await node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""", Admin)).Expect(201);
        var log = await node.Client.GetAsync($"/v1/node/log?from_index={before + 1}", GuardedNode.Auditor);
        var types = log.Expect(200).At("items").EnumerateArray().Select(entry => entry.GetProperty("type").GetString());
        Assert.Equal("create_asset", Assert.Single(types, type => type != "record_audit"));
    }

    [Fact]
    public async Task A_digest_is_for_everybody_and_the_hash_of_the_state_for_those_who_look_after_it()
    {
        await using var node = await StartAsync();

        (await node.Client.GetAsync("/v1/node/digest")).Expect(200);
        (await node.Client.GetAsync("/v1/node/digest?state_hash=true")).ExpectProblem(401, "unauthenticated");
        (await node.Client.GetAsync("/v1/node/digest?state_hash=true", Alice)).ExpectProblem(403, "forbidden");
        (await node.Client.GetAsync("/v1/node/digest?state_hash=true", ScriptedAuthenticator.As(3, Roles.Operator)))
            .Expect(200);
    }

    [Fact]
    public async Task Beyond_its_limit_a_user_is_refused_before_the_log_and_others_are_not()
    {
        await using var node = await StartAsync("--Rates:Orders=3", "--Rates:Window=01:00:00");
        for (var left = 2; left >= 0; left--)
        {
            var opened = (await node.Client.PostAsync("/v1/accounts", "{}", Alice)).Expect(201);
            Assert.Equal("\"orders\";q=3;w=3600", opened["ratelimit-policy"]);
            Assert.StartsWith($"\"orders\";r={left};t=", opened["ratelimit"], StringComparison.Ordinal);
        }

        var before = node.AppliedIndex;
        for (var i = 0; i < 20; i++)
        {
            var refused = (await node.Client.PostAsync("/v1/accounts", "{}", Alice)).ExpectProblem(429, "rate_limited");
            Assert.True(refused.IsRetryable);
            Assert.InRange(int.Parse(refused["retry-after"]), 1_100, 1_200);
        }

        Assert.Equal(before, node.AppliedIndex);
        (await node.Client.GetAsync("/v1/accounts", Alice)).Expect(200);
        (await node.Client.PostAsync("/v1/accounts", "{}", ScriptedAuthenticator.As(3))).Expect(201);
        var metrics = (await node.Client.GetAsync("/metrics")).Expect(200).Text;
        Assert.Contains("rb_rate_limited_total{policy=\"orders\"} 20", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_without_a_credential_that_holds_are_counted_by_their_address()
    {
        await using var node = await StartAsync("--Rates:Reads=2", "--Rates:Window=01:00:00");

        (await node.Client.GetAsync("/v1/accounts")).ExpectProblem(401, "unauthenticated");
        (await node.Client.GetAsync("/v1/accounts", ("Authorization", "Bearer x"))).ExpectProblem(
            401, "unauthenticated");
        (await node.Client.GetAsync("/v1/accounts")).ExpectProblem(429, "rate_limited");
        (await node.Client.GetAsync("/v1/assets")).ExpectProblem(429, "rate_limited");

        (await node.Client.GetAsync("/v1/accounts", Alice)).Expect(200);
        (await node.Client.GetAsync("/livez")).Expect(200);
        var metrics = (await node.Client.GetAsync("/metrics")).Expect(200).Text;
        Assert.Contains("rb_auth_failures_total{reason=\"unauthenticated\"} 2", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_authentication_nobody_is_counted()
    {
        await using var node = await TestNode.StartReadyAsync("--Rates:Orders=1", "--Rates:Reads=1");

        for (var i = 0; i < 5; i++)
        {
            Assert.DoesNotContain(
                "ratelimit", (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201).Headers.Keys);
        }
    }

    private static async Task<TestNode> StartAsync(params string[] settings) =>
        (await GuardedNode.StartAsync(settings)).Node;
}
