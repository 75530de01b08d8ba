using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>States and ends of prediction markets, complete sets, and who is paid what.</summary>
public sealed class MarketRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task Sets_cost_a_unit_each_and_splitting_then_merging_gives_all_back()
    {
        var account = await node.NewAccountAsync(usd: "100");
        await node.OpenAsync("sets", "A", "B", "C");

        var split = (await node.MoveAsync("sets", "split", account, "40")).Expect(201);

        Assert.Equal(
            ["sets", account, "40", "40.00"],
            new[] { "market_id", "account_id", "quantity", "amount" }.Select(name => split.TextAt(name)));
        Assert.Equal("60.00", split.TextAt("balance", "available"));
        Assert.Equal("40", await node.TotalAsync(account, "sets:C"));
        var market = (await node.Client.GetAsync("/v1/markets/sets")).Expect(200);
        Assert.Equal(
            ("categorical", "40", "40.00"),
            (market.TextAt("kind"), market.TextAt("open_interest"), market.TextAt("collateral_locked")));
        await node.ConservedAsync();
        (await node.MoveAsync("sets", "split", account, "61")).ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.MoveAsync("sets", "merge", account, "41")).ExpectProblem(422, "insufficient_funds", "rejected");
        (await node.MoveAsync("sets", "merge", account, "0.5")).ExpectProblem(422, "invalid_lot");
        (await node.MoveAsync("sets", "merge", account, "0")).ExpectProblem(400, "invalid_field");
        (await node.MoveAsync("sets", "split", account, "999999999999999999"))
            .ExpectProblem(422, "max_quantity", "rejected");
        (await node.MoveAsync("none", "merge", account, "1")).ExpectProblem(404, "not_found");
        (await node.MoveAsync("sets", "split", "a999999", "1")).ExpectProblem(404, "not_found", "rejected");

        var merged = (await node.MoveAsync("sets", "merge", account, "40")).Expect(201);
        Assert.Equal(("40.00", "100.00"), (merged.TextAt("amount"), merged.TextAt("balance", "total")));
        await node.ConservedAsync();
    }

    [Fact]
    public async Task A_split_repeated_with_its_key_is_one_split()
    {
        var account = await node.NewAccountAsync(usd: "100");
        await node.OpenAsync("keyed", "YES", "NO");
        var body = $$"""{"account_id":"{{account}}","quantity":"10"}""";

        (await node.Client.PostAsync("/v1/markets/keyed/split", body, ("Idempotency-Key", "s-1"))).Expect(201);
        var again = (await node.Client.PostAsync("/v1/markets/keyed/split", body, ("Idempotency-Key", "s-1")))
            .Expect(201);

        Assert.Equal(("true", "90.00"), (again["idempotency-replayed"], await node.TotalAsync(account)));
        var command = (await node.Client.GetAsync("/v1/commands/s-1")).Expect(200);
        Assert.Equal(("committed", "10.00"), (command.TextAt("state"), command.TextAt("result", "amount")));
    }

    [Fact]
    public async Task A_market_trades_only_while_it_is_active_and_a_closed_one_stays_closed()
    {
        var account = await node.NewAccountAsync();
        await node.OpenAsync("states", "YES", "NO");
        var order = NodeFixture.Limit(account, "states:NO", "buy", "0.40", "5");
        var id = (await node.PlaceAsync(account, "states:NO", "buy", "0.40", "5")).TextAt("order", "order_id");

        var paused = await SetAsync("paused", 200);
        Assert.Equal("paused", paused.TextAt("status"));
        (await node.Client.PostAsync("/v1/orders", order)).ExpectProblem(422, "market_not_open", "rejected");
        (await SetAsync("paused", 409)).ExpectProblem(409, "market_state_conflict", "rejected");
        (await SetAsync("open", 400)).ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync("/v1/instruments/states:NO/status", """{"status":"open"}"""))
            .ExpectProblem(409, "market_state_conflict", "rejected");
        await SetAsync("active", 200);
        await node.PlaceAsync(account, "states:NO", "buy", "0.40", "5");

        var closed = (await node.Client.PostAsync("/v1/markets/states/close", "", ("If-Match", "*"))).Expect(200);

        Assert.Equal(("closed", 2), (closed.TextAt("status"), closed.At("orders_canceled").GetInt32()));
        Assert.Equal(
            ("canceled", "instrument_status"),
            (await node.Client.GetAsync($"/v1/orders/{id}")) is var canceled
                ? (canceled.TextAt("order", "status"), canceled.TextAt("order", "reason"))
                : default);
        (await SetAsync("active", 409)).ExpectProblem(409, "market_state_conflict", "rejected");
        (await node.MoveAsync("states", "split", account, "1"))
            .ExpectProblem(409, "market_state_conflict", "rejected");
        (await node.Client.PatchAsync("/v1/events/states", """{"closes_at":"never"}"""))
            .ExpectProblem(409, "market_state_conflict", "rejected");
        (await node.Client.PostAsync("/v1/markets/none/close", "")).ExpectProblem(404, "not_found");

        async Task<Answer> SetAsync(string status, int expected) => (await node.Client.PostAsync(
            "/v1/markets/states/status", $$"""{"status":"{{status}}"}""")).Expect(expected);
    }

    [Fact]
    public async Task Resolving_pays_the_winner_once_and_is_final()
    {
        var (yes, no) = (await node.NewAccountAsync(usd: "100"), await node.NewAccountAsync(usd: "100"));
        await node.OpenAsync("final", "YES", "NO");
        await node.PlaceAsync(yes, "final:YES", "buy", "0.60", "10");
        await node.PlaceAsync(no, "final:NO", "buy", "0.40", "10");
        await node.PlaceAsync(no, "final:NO", "buy", "0.10", "10");
        const string Path = "/v1/markets/final/resolve";
        (await node.Client.PostAsync(Path, "{}")).ExpectProblem(400, "missing_field");
        (await node.Client.PostAsync(Path, """{"outcome":"YES","payouts":{"YES":"1"}}"""))
            .ExpectProblem(400, "invalid_field");
        (await node.Client.PostAsync(Path, """{"outcome":"MAYBE"}"""))
            .ExpectProblem(422, "invalid_outcome", "rejected");
        (await node.Client.PostAsync(Path, """{"outcome":"YES"}""", ("If-Match", "\"1\"")))
            .ExpectProblem(412, "version_mismatch", "rejected");
        (await node.Client.DeleteAsync("/v1/events/final")).ExpectProblem(409, "market_state_conflict", "rejected");

        var resolved = (await node.Client.PostAsync(Path, """{"outcome":"YES"}""", ("Idempotency-Key", "r-1")))
            .Expect(200);

        Assert.Equal(
            ("resolved", "1", "0", "0.00", "0.00"),
            (resolved.TextAt("status"), resolved.TextAt("outcomes", "0", "payout"),
                resolved.TextAt("outcomes", "1", "payout"), resolved.TextAt("collateral_locked"),
                resolved.TextAt("dust")));
        Assert.Equal(
            (false, 1, 2),
            (resolved.At("settling").GetBoolean(), resolved.At("orders_canceled").GetInt32(),
                resolved.At("accounts_paid").GetInt32()));
        Assert.Equal(("104.00", "96.00"), (await node.TotalAsync(yes), await node.TotalAsync(no)));
        (await node.Client.PostAsync(Path, """{"outcome":"YES"}""", ("Idempotency-Key", "r-1"))).Expect(200);
        (await node.Client.PostAsync(Path, """{"outcome":"NO"}"""))
            .ExpectProblem(409, "already_resolved", "rejected");
        Assert.Equal(("104.00", "96.00"), (await node.TotalAsync(yes), await node.TotalAsync(no)));
        (await node.Client.PostAsync("/v1/markets/final/void", "")).ExpectProblem(409, "already_resolved", "rejected");
        (await node.Client.PostAsync("/v1/markets/final/close", "")).ExpectProblem(409, "already_resolved", "rejected");
        (await node.Client.DeleteAsync("/v1/events/final")).ExpectProblem(409, "already_resolved", "rejected");
        (await node.Client.PatchAsync("/v1/events/final", """{"title":"x"}"""))
            .ExpectProblem(409, "already_resolved", "rejected");
        (await node.MoveAsync("final", "split", yes, "1")).ExpectProblem(409, "already_resolved", "rejected");
        (await node.MoveAsync("final", "merge", yes, "1")).ExpectProblem(409, "already_resolved", "rejected");
        (await node.Client.PostAsync("/v1/orders", NodeFixture.Limit(yes, "final:YES", "buy", "0.10", "1")))
            .ExpectProblem(422, "market_not_open", "rejected");
        Assert.Equal("resolved", (await node.Client.GetAsync("/v1/events/final")).TextAt("status"));
        await node.ConservedAsync();
    }

    [Theory]
    [InlineData("""{"A":"0.5","B":"0.50"}""", null, null)]
    [InlineData("""{"C":"1"}""", null, null)]
    [InlineData("""{"A":"0.333333333333","B":"0.333333333333","C":"0.333333333334"}""", null, null)]
    [InlineData("""{"A":"0.5","B":"0.4"}""", 422, "invalid_outcome")]
    [InlineData("""{"A":"0.5","D":"0.5"}""", 422, "invalid_outcome")]
    [InlineData("""{"A":"999999999999999999"}""", 422, "invalid_outcome")]
    [InlineData("{}", 422, "invalid_outcome")]
    [InlineData("""{"A":"-1","B":"2"}""", 400, "invalid_field")]
    [InlineData("""{"A":1}""", 400, "invalid_field")]
    [InlineData("""{"A":null}""", 400, "invalid_field")]
    [InlineData("""{"A":"0.5","A":"0.5"}""", 400, "duplicate_field")]
    [InlineData("[]", 400, "invalid_field")]
    public async Task Payouts_are_decimals_of_the_markets_outcomes_that_add_up_to_one(
        string payouts, int? status, string? code)
    {
        var id = "pay-" + Guid.NewGuid().ToString("N")[..8];
        var account = await node.NewAccountAsync(usd: "100");
        await node.OpenAsync(id, "A", "B", "C");
        (await node.MoveAsync(id, "split", account, "10")).Expect(201);
        var before = node.Node.AppliedIndex;

        var answer = await node.Client.PostAsync($"/v1/markets/{id}/resolve", $$"""{"payouts":{{payouts}}}""");

        if (status is { } refused)
        {
            answer.ExpectProblem(refused, code!);
            Assert.Equal(before, node.Node.AppliedIndex);
            return;
        }

        answer.Expect(200);
        Assert.Equal("100.00", await node.TotalAsync(account)); // Who holds a set gets all of it, however it is shared.
        await node.ConservedAsync();
    }

    [Fact]
    public async Task Voiding_repays_what_shares_cost()
    {
        var (yes, no) = (await node.NewAccountAsync(usd: "100"), await node.NewAccountAsync(usd: "100"));
        await node.OpenAsync("never", "YES", "NO");
        await node.PlaceAsync(yes, "never:YES", "buy", "0.70", "10");
        await node.PlaceAsync(no, "never:NO", "buy", "0.30", "10");
        Assert.Equal(("93.00", "97.00"), (await node.TotalAsync(yes), await node.TotalAsync(no)));

        var voided = (await node.Client.PostAsync("/v1/markets/never/void", "")).Expect(200);

        Assert.Equal(("voided", "0"), (voided.TextAt("status"), voided.TextAt("open_interest")));
        Assert.Equal(("100.00", "100.00"), (await node.TotalAsync(yes), await node.TotalAsync(no)));
        await node.ConservedAsync();
    }
}
