using ReplicatedBook.Matching;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Goal: a cluster whose older nodes do not know betting refuses it and logs nothing. Method: a node held at
/// the level below.</summary>
public sealed class BettingFeatureLevelTests
{
    [Fact]
    public async Task Below_its_level_betting_is_disabled_and_never_logged()
    {
        const int Below = FeatureLevels.BettingMarkets - 1;
        await using var old = await TestNode.StartReadyAsync($"--Cluster:MaxFeatureLevel={Below}");
        await old.WaitForFeatureLevelAsync(Below);
        (await old.Client.PostAsync("/v1/assets", """{"asset":"EUR","scale":4}""")).Expect(201);
        (await old.Client.PostAsync("/v1/accounts", "{}")).Expect(201);
        var before = old.AppliedIndex;

        (string Path, string Body)[] refused =
        [
            ("", BettingMarkets.Market("M")),
            ("/b1/runners", """{"runners":[{"runner_id":"3","name":"C"}]}"""),
            ("/b1/state", """{"state":"closed"}"""),
            ("/b1/phase", """{"phase":"awaiting_live"}"""),
            ("/b1/settle", """{"winners":["1"]}"""),
            ("/b1/void", "{}"),
            ("/b1/trades/void", """{"trade_ids":["1"]}"""),
            ("/b1/orders/cancel", "{}"),
        ];
        foreach (var (path, body) in refused)
        {
            (await old.Client.PostAsync($"/v1/betting/markets{path}", body)).ExpectProblem(403, "feature_disabled");
        }

        (await old.Client.DeleteAsync("/v1/orders?type=runner")).ExpectProblem(403, "feature_disabled");
        (await old.Client.DeleteAsync("/v1/orders/1")).ExpectProblem(404, "not_found", "rejected");
        Assert.Equal(before + 1, old.AppliedIndex);
        Assert.Empty((await old.Client.GetAsync("/v1/betting/markets")).Expect(200).At("items").EnumerateArray());
    }
}
