using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class HeaderTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData("GET", "/v1/assets", 200)]
    [InlineData("GET", "/v1/assets?consistency=weak", 200)]
    [InlineData("GET", "/v1/orders/1?x=1", 400)]
    [InlineData("GET", "/v1/accounts/a999", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("PUT", "/v1/orders", 405)]
    [InlineData("POST", "/v1/orders", 415)]
    [InlineData("GET", "/livez", 200)]
    [InlineData("GET", "/readyz", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    public async Task Every_answer_says_where_the_node_stands(string method, string path, int status)
    {
        var answer = (await node.Client.SendAsync(new HttpMethod(method), path, null)).Expect(status);

        Assert.Equal(node.Node.AppliedIndex, answer.Index);
        Assert.True(long.Parse(answer["rb-term"]) > 0);
        Assert.Matches("^[0-9a-f]{16}$", answer["rb-digest"]);
        Assert.Equal(("n1", "leader", "n1"), (answer["rb-node"], answer["rb-role"], answer["rb-leader"]));
        Assert.NotEmpty(answer["request-id"]);
        Assert.False(answer.Headers.ContainsKey("server"));
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", answer["content-type"]);
            Assert.Equal(answer.Index, answer.At("index").GetInt64());
        }
    }

    [Fact]
    public async Task Reads_say_how_they_were_served()
    {
        var strong = (await node.Client.GetAsync("/v1/assets")).Expect(200);
        var weak =
            (await node.Client.GetAsync($"/v1/assets?consistency=weak&min_index={strong.Index}&max_lag_ms=60000"))
            .Expect(200);

        Assert.Equal(("strong", "weak"), (strong["rb-consistency"], weak["rb-consistency"]));
        Assert.True(long.Parse(weak["rb-lag-ms"]) >= 0);
        (await node.Client.GetAsync("/v1/assets?consistency=weak&min_index=9999999&timeout_ms=30"))
            .ExpectProblem(503, "index_not_reached");
    }

    [Theory]
    [InlineData("my-request.1", true)]
    [InlineData("has space", false)]
    [InlineData("<script>", false)]
    public async Task A_request_id_is_echoed_when_it_is_safe(string given, bool isEchoed)
    {
        var answer = await node.Client.GetAsync("/livez", ("Request-Id", given));
        Assert.Equal(isEchoed, answer["request-id"] == given);
    }

    [Fact]
    public async Task An_unknown_route_and_a_wrong_method_are_problems()
    {
        (await node.Client.GetAsync("/v1/nothing")).ExpectProblem(404, "not_found");
        (await node.Client.SendAsync(HttpMethod.Put, "/v1/orders", null)).ExpectProblem(405, "method_not_allowed");
    }
}
