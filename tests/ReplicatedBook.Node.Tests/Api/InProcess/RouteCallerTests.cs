using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Node.Tests.Security;

namespace ReplicatedBook.Node.Tests.Api.InProcess;

/// <summary>Requests of other transports pass everything that those over HTTP pass.</summary>
public sealed class RouteCallerTests
{
    [Fact]
    public async Task A_call_is_the_request_it_names()
    {
        await using var node = await TestNode.StartReadyAsync();
        var caller = node.Services.GetRequiredService<RouteCaller>();

        var made = await caller.CallAsync(
            new RouteCall("POST", "/v1/assets?timeout_ms=4000")
            {
                Body = """{"asset":"USD","scale":2}"""u8.ToArray(),
                IdempotencyKey = "k1",
                RequestId = "r-1",
            },
            TestContext.Current.CancellationToken);
        Assert.Equal((201, true), (made.Status, made.IsSuccess));
        Assert.Equal("r-1", made.Headers["Request-Id"]);
        Assert.Equal("USD", Json(made).GetProperty("asset").GetString());

        var again = await caller.CallAsync(
            new RouteCall("POST", "/v1/assets")
            {
                Body = """{"asset":"USD","scale":2}"""u8.ToArray(),
                IdempotencyKey = "k1",
            },
            TestContext.Current.CancellationToken);
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);

        var over = await node.Client.GetAsync("/v1/assets");
        var inside = await caller.CallAsync(
            new RouteCall("GET", "/v1/assets"), TestContext.Current.CancellationToken);
        Assert.Equal(over.Text, Encoding.UTF8.GetString(inside.Body.Span));
    }

    [Theory]
    [InlineData("GET", "/v1/assets?limit=0", 400, "invalid_query")]
    [InlineData("POST", "/v1/assets", 415, "unsupported_media_type")]
    [InlineData("GET", "/v1/orders/by_client_id/a%2Fb", 400, "missing_field")]
    [InlineData("PUT", "/v1/orders/by_client_id/a%2Fb", 405, "method_not_allowed")]
    [InlineData("DELETE", "/v1/orders/by_client_id/a%2Fb%20c?account_id=x", 404, "not_found")]
    [InlineData("GET", "/v1/nowhere", 404, "not_found")]
    public async Task What_is_wrong_is_answered_as_over_http(string method, string target, int status, string code)
    {
        await using var node = await TestNode.StartReadyAsync();
        var answer = await node.Services.GetRequiredService<RouteCaller>().CallAsync(
            new RouteCall(method, target), TestContext.Current.CancellationToken);
        Assert.Equal((status, code), (answer.Status, Json(answer).GetProperty("code").GetString()));
        Assert.False(answer.IsSuccess);
    }

    [Fact]
    public async Task The_credential_is_judged_at_every_call()
    {
        await using var guarded = await GuardedNode.StartAsync();
        var caller = guarded.Node.Services.GetRequiredService<RouteCaller>();
        var audit = new RouteCall("GET", "/v1/audit");
        var stop = TestContext.Current.CancellationToken;
        Assert.Equal(401, (await caller.CallAsync(audit, stop)).Status);
        Assert.Equal(200, (await caller.CallAsync(As(audit, GuardedNode.Auditor), stop)).Status);
        Assert.Equal(403, (await caller.CallAsync(As(audit, GuardedNode.Alice), stop)).Status);
    }

    private static RouteCall As(RouteCall call, (string Name, string Value) header)
    {
        Assert.Equal("Authorization", header.Name);
        return call with { Authorization = header.Value };
    }

    private static JsonElement Json(RouteAnswer answer) => JsonElement.Parse(answer.Body.Span);
}
