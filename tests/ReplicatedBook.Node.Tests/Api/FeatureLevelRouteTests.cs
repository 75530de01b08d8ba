using ReplicatedBook.Matching;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: a cluster whose older nodes do not know options refuses them and logs nothing. Method: a node held
/// at the level below.</summary>
public sealed class FeatureLevelRouteTests
{
    [Fact]
    public async Task Below_their_level_options_are_disabled_and_never_logged()
    {
        await using var old = await TestNode.StartReadyAsync("--Cluster:MaxFeatureLevel=2");
        await old.WaitForFeatureLevelAsync(FeatureLevels.KnowsLevels);
        (await old.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await old.Client.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
        (await old.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("X"))).Expect(201);
        (await old.Client.PostAsync("/v1/accounts", "{}")).Expect(201);
        (await old.Client.PostAsync("/v1/accounts/a1/deposits", """{"asset":"USD","amount":"9"}""")).Expect(201);
        var order = NodeFixture.Limit("a1", "X", "buy", "1", "1");
        var stop = """
            {"instrument":"X","side":"buy","type":"stop","quantity":"1","stop_price":"1"}
            """;
        var before = old.AppliedIndex;

        (string Method, string Path, string Body)[] refused =
        [
            ("POST", "/v1/orders", stop),
            ("POST", "/v1/orders/validate", stop),
            ("POST", "/v1/orders/batch", $$"""{"orders":[{{order}}],"atomic":true}"""),
            ("PUT", "/v1/accounts/a1/cancel_after", """{"timeout_ms":1000}"""),
            ("PATCH", "/v1/instruments/X", """{"maker_fee_bps":0,"taker_fee_bps":0,"min_notional":"1"}"""),
            ("POST", "/v1/instruments", NodeFixture.Instrument("Y").Replace("}", ",\"max_quantity\":\"1\"}")),
        ];
        foreach (var (method, path, body) in refused)
        {
            (await old.Client.SendAsync(new HttpMethod(method), path, TestClient.Json(body)))
                .ExpectProblem(403, "feature_disabled");
        }

        Assert.Equal(before, old.AppliedIndex);
        (await old.Client.PostAsync("/v1/orders/batch", $$"""{"orders":[{{order}}],"atomic":false}""")).Expect(200);
    }

    [Fact]
    public async Task Below_their_level_prediction_markets_are_disabled_and_never_logged()
    {
        await using var old = await TestNode.StartReadyAsync("--Cluster:MaxFeatureLevel=3");
        await old.WaitForFeatureLevelAsync(FeatureLevels.OrderOptions);
        (await old.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        var before = old.AppliedIndex;

        (await old.Client.PostAsync(
            "/v1/events",
            """{"title":"t","collateral":"USD","outcomes":[{"id":"YES"},{"id":"NO"}],"tick_size":"0.01"}"""))
            .ExpectProblem(403, "feature_disabled");

        Assert.Equal(before, old.AppliedIndex);
        (await old.Client.GetAsync("/v1/events")).Expect(200);
    }
}
