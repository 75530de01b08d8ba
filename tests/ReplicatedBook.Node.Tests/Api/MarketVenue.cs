using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>What tests of prediction markets do again and again over HTTP.</summary>
internal static class MarketVenue
{
    /// <summary>Opens a market of these outcomes; tick 0.01, lot 1, paid in USD.</summary>
    public static async Task OpenAsync(this NodeFixture node, string id, params IReadOnlyList<string> outcomes)
    {
        var listed = string.Join(',', outcomes.Select(outcome => $$"""{"id":"{{outcome}}"}"""));
        (await node.Client.PostAsync("/v1/events", $$"""
            {"event_id":"{{id}}","title":"t","collateral":"USD","outcomes":[{{listed}}],"tick_size":"0.01"}
            """)).Expect(201);
    }

    /// <summary>Splits or merges sets.</summary>
    public static Task<Answer> MoveAsync(
        this NodeFixture node, string market, string move, string account, string quantity) =>
        node.Client.PostAsync(
            $"/v1/markets/{market}/{move}", $$"""{"account_id":"{{account}}","quantity":"{{quantity}}"}""");

    /// <summary>Total of an asset that an account has.</summary>
    public static async Task<string?> TotalAsync(this NodeFixture node, string account, string asset = "USD")
    {
        var balances = (await node.Client.GetAsync($"/v1/accounts/{account}/balances")).Expect(200);
        foreach (var balance in balances.At("items").EnumerateArray())
        {
            if (balance.GetProperty("asset").GetString() == asset)
            {
                return balance.GetProperty("total").GetString();
            }
        }

        return null;
    }

    /// <summary>Fails unless all money and shares are accounted for.</summary>
    public static async Task<Answer> ConservedAsync(this NodeFixture node)
    {
        var found = (await node.Client.GetAsync("/v1/audit/conservation")).Expect(200);
        Assert.True(found.At("ok").GetBoolean(), found.Text);
        return found;
    }
}
