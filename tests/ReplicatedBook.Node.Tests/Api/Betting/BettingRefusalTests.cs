using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api.Betting;

/// <summary>Goal: every refusal of betting has its stable code. Method: one request for each, over HTTP; the market has
/// runners 1 and 2, bets may risk 100, accounts 150. A refusal before the log is not executed, one in it is
/// rejected.</summary>
public sealed class BettingRefusalTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Multi = "multi_runner";
    private const string Orders = "/v1/orders";
    private const string Markets = "/v1/betting/markets";
    private const string State = "/v1/betting/markets/{market}/state";
    private const string Phase = "/v1/betting/markets/{market}/phase";
    private const string Settle = "/v1/betting/markets/{market}/settle";
    private const string Void = "/v1/betting/markets/{market}/trades/void";
    private const string CancelNamed = "/v1/betting/markets/{market}/orders/cancel";
    private const string Reduce = "/v1/orders/{bet}/reduce";
    private const string Open = """{"state":"open"}""";
    private const string NotExecuted = "not_executed";
    private const string Rejected = "rejected";

    /// <summary>The reason as it is known to exchanges of this kind, what comes first, the request, and what it is
    /// answered with.</summary>
    public static TheoryData<string, string, string, string, int, string, string> Refusals => new()
    {
        { "market not found", "", "/v1/betting/markets/b999/state", Open, 404, "not_found", Rejected },
        { "market not found, of a bet", "", Orders, Bet("b999", 1), 404, "not_found", NotExecuted },
        { "market already exists", "", Markets, "{terms}", 409, "already_exists", Rejected },
        { "invalid market config", "", Markets, Terms("x", "two_runner", 3), 400, "invalid_field", Rejected },
        { "asset not found", "", Markets, Terms("y", Multi, 2).Replace("EUR", "XXX"), 404, "not_found", NotExecuted },
        { "market model mismatch", "", Orders, Bet("BTC-USD", null), 404, "not_found", NotExecuted },
        { "runner not found", "", Orders, Bet("{market}", 9), 404, "not_found", Rejected },
        { "runner already removed", "removed", Orders, Bet("{market}", 2), 409, "runner_removed", Rejected },
        { "runner already removed, of its removal", "removed", "DELETE /v1/betting/markets/{market}/runners/2", "", 409,
            "runner_removed", Rejected },
        { "runner not found, of its removal", "", "DELETE /v1/betting/markets/{market}/runners/9", "", 404,
            "not_found", Rejected },
        { "no runner at all, of its removal", "", "DELETE /v1/betting/markets/{market}/runners/x", "", 404,
            "not_found", NotExecuted },
        { "removal from a market of two", "two", "DELETE /v1/betting/markets/{market}/runners/2", "", 400,
            "invalid_field", Rejected },
        { "removal from a closed market", "closed", "DELETE /v1/betting/markets/{market}/runners/2", "", 409,
            "market_state_conflict", Rejected },
        { "batch size of a removal", "", "DELETE /v1/betting/markets/{market}/runners/2?batch_size=0", "", 400,
            "invalid_query", NotExecuted },
        { "runner exists", "", "/v1/betting/markets/{market}/runners", """{"runners":[{"runner_id":"2","name":"X"}]}""",
            409, "already_exists", Rejected },
        { "runners of a market of two", "two", "/v1/betting/markets/{market}/runners",
            """{"runners":[{"runner_id":"3","name":"X"}]}""", 400, "invalid_field", Rejected },
        { "market suspended", "suspended", Orders, Bet("{market}", 1), 422, "market_suspended", Rejected },
        { "market not open", "closed", Orders, Bet("{market}", 1), 422, "market_not_open", Rejected },
        { "market not halted", "", State, Open, 409, "market_state_conflict", Rejected },
        { "market already halted", "suspended", State, """{"state":"suspended"}""", 409, "market_state_conflict",
            Rejected },
        { "market terminal", "closed", State, Open, 409, "market_state_conflict", Rejected },
        { "market terminal, of its phase", "closed", Phase, """{"phase":"awaiting_live"}""", 409,
            "market_state_conflict", Rejected },
        { "market version", "", State, """{"state":"suspended"}""", 412, "version_mismatch", Rejected },
        { "in play not supported", "no_in_play", Phase, """{"phase":"awaiting_live"}""", 409, "market_state_conflict",
            Rejected },
        { "phase out of order", "", Phase, """{"phase":"in_play"}""", 409, "market_state_conflict", Rejected },
        { "invalid odds", "", Orders, Bet("{market}", 1, odds: "3.01"), 422, "invalid_tick", NotExecuted },
        { "invalid stake", "", Orders, Bet("{market}", 1, stake: "1.001"), 422, "invalid_lot", NotExecuted },
        { "max liability of a bet", "", Orders, Bet("{market}", 1, stake: "100.01"), 422, "max_liability", Rejected },
        { "max liability of an account", "bet", Orders, Bet("{market}", 2, stake: "99"), 422, "max_liability",
            Rejected },
        { "insufficient funds", "", Orders, Bet("{market}", 1).Replace("{account}", "{poor}"), 422,
            "insufficient_funds", Rejected },
        { "invalid time in force", "", Orders, Bet("{market}", 1, more: ",\"time_in_force\":\"gtd\""), 400,
            "invalid_field", NotExecuted },
        { "least fill above the stake", "", Orders,
            Bet("{market}", 1, more: ",\"time_in_force\":\"fok\",\"min_fill_quantity\":\"11\""), 400, "invalid_field",
            Rejected },
        { "duplicate", "bet", Orders, Bet("{market}", 1, stake: "2", more: ",\"client_order_id\":\"first\""), 409,
            "duplicate_client_order_id", Rejected },
        { "order not found", "", "DELETE /v1/orders/99999999", "", 404, "not_found", Rejected },
        { "order not found, of a reduction", "", "/v1/orders/99999999/reduce", """{"reduction":"1"}""", 404,
            "not_found", NotExecuted },
        { "not order owner", "bet", "DELETE /v1/orders/by_client_id/first?account_id={poor}", "", 404, "not_found",
            Rejected },
        { "order not live", "canceled", "DELETE /v1/orders/{bet}", "", 409, "order_not_open", Rejected },
        { "order not live, of a reduction", "canceled", Reduce, """{"reduction":"1"}""", 409, "order_not_open",
            Rejected },
        { "reduction too large", "bet", Reduce, """{"reduction":"60"}""", 400, "invalid_field", Rejected },
        { "reduction off the step", "bet", Reduce, """{"reduction":"0.001"}""", 422, "invalid_lot", NotExecuted },
        { "exposure increase", "bet", Reduce, """{"reduction":"-1"}""", 400, "invalid_field", NotExecuted },
        { "invalid batch size", "", State, """{"state":"closed","batch_size":10001}""", 400, "invalid_field",
            NotExecuted },
        { "batch canceling", "canceling", State, Open, 409, "batch_under_way", Rejected },
        { "cancel of nobody", "", CancelNamed, """{"account_id":"a999999"}""", 404, "not_found", Rejected },
        { "cancel of no runner", "", CancelNamed, """{"runner_id":"9"}""", 404, "not_found", Rejected },
        { "cancel of no time", "", CancelNamed,
            """{"created_from":"2026-01-02T00:00:00Z","created_to":"2026-01-01T00:00:00Z"}""", 400, "invalid_field",
            Rejected },
        { "market not closing", "", Settle, """{"winners":["1"]}""", 409, "market_state_conflict", Rejected },
        { "settled twice", "settled", Settle, """{"winners":["1"]}""", 409, "market_state_conflict", Rejected },
        { "result of no runner", "closed", Settle, """{"winners":["9"]}""", 422, "invalid_outcome", Rejected },
        { "result that does not add up", "closed", Settle, """{"dead_heat":{"1":"0.5"}}""", 422, "invalid_outcome",
            Rejected },
        { "trade not found", "", Void, """{"trade_ids":["99999999"]}""", 404, "not_found", Rejected },
        { "trade void already", "voided_trade", Void, """{"trade_ids":["{trade}"]}""", 409, "market_state_conflict",
            Rejected },
        { "void of what is paid", "settled", Void, """{"trade_ids":["1"]}""", 409, "market_state_conflict", Rejected },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Every_refusal_has_its_code(
        string reason, string first, string request, string body, int status, string code, string outcome)
    {
        var names = await PrepareAsync(first);
        var method = request.StartsWith("DELETE ", StringComparison.Ordinal) ? HttpMethod.Delete : HttpMethod.Post;
        (string, string)[] headers = reason == "market version" ? [("If-Match", "\"7\"")] : [];

        var answer = await node.Client.SendAsync(
            method, Named(request.Replace("DELETE ", ""), names),
            method == HttpMethod.Post ? TestClient.Json(Named(body, names)) : null, headers);

        answer.ExpectProblem(status, code, outcome);
        Assert.NotEqual(reason, answer.TextAt("detail"));
    }

    [Fact]
    public async Task A_bet_that_would_not_fill_is_expired_and_none_is_matched()
    {
        var names = await PrepareAsync("bet");

        var answer = (await node.Client.PostAsync(
            Orders, Named(Bet("{market}", 1, side: "lay", stake: "80", more: ",\"time_in_force\":\"fok\""), names)
                .Replace(names["account"], names["other"]))).Expect(201);

        Assert.Equal(
            ("expired", "fok_not_fillable", "0.0000"),
            (answer.TextAt("order", "status"), answer.TextAt("order", "reason"),
                answer.TextAt("order", "filled_quantity")));
        var part = (await node.Client.PostAsync(
            Orders,
            Named(
                Bet(
                    "{market}", 1, side: "lay", odds: "2", stake: "90",
                    more: ",\"time_in_force\":\"fok\",\"min_fill_quantity\":\"50\""),
                names).Replace(names["account"], names["other"]))).Expect(201);
        Assert.Equal(("expired", "60.0000"), (
            part.TextAt("order", "status"), part.TextAt("order", "filled_quantity")));
    }

    private async Task<Dictionary<string, string>> PrepareAsync(string first)
    {
        var (account, other) = (await node.NewBettorAsync(), await node.NewBettorAsync());
        var terms = Terms(BettingMarkets.NewName(), first == "two" ? "two_runner" : Multi, 2);
        terms = first == "no_in_play" ? terms.Replace("true", "false") : terms;
        var names = new Dictionary<string, string>
        {
            ["account"] = account,
            ["other"] = other,
            ["poor"] = await node.NewBettorAsync("1"),
            ["terms"] = terms,
            ["market"] = (await node.Client.PostAsync(Markets, terms)).Expect(201).TextAt("market_id")!,
        };
        await (first switch
        {
            "suspended" => ChangeAsync("state", """{"state":"suspended"}"""),
            "closed" => ChangeAsync("state", """{"state":"closed"}"""),
            "settled" => SettledAsync(),
            "removed" => RemovedAsync(),
            "bet" or "canceled" or "voided_trade" => BetAsync(),
            "canceling" => CancelingAsync(),
            _ => Task.CompletedTask,
        });
        return names;

        async Task ChangeAsync(string what, string body) =>
            (await node.ChangeAsync(names["market"], what, body)).Expect(200);

        async Task RemovedAsync() =>
            (await node.Client.DeleteAsync($"/v1/betting/markets/{names["market"]}/runners/2")).Expect(200);

        async Task SettledAsync()
        {
            await ChangeAsync("state", """{"state":"closed"}""");
            await ChangeAsync("settle", """{"winners":["1"]}""");
        }

        async Task BetAsync()
        {
            names["bet"] = await node.PlaceBetAsync(
                account, names["market"], 1, "back", "2", "60", ",\"client_order_id\":\"first\"");
            if (first == "canceled")
            {
                (await node.Client.DeleteAsync($"/v1/orders/{names["bet"]}")).Expect(200);
            }

            if (first == "voided_trade")
            {
                var taken = (await node.BetAsync(other, names["market"], 1, "lay", "2", "60")).Expect(201);
                names["trade"] = taken.TextAt("fills", "0", "trade_id")!;
                await ChangeAsync("trades/void", $$"""{"trade_ids":["{{names["trade"]}}"]}""");
            }
        }

        // One bet per entry, and more bets than entries can come before the request that is to be refused.
        async Task CancelingAsync()
        {
            const int Bets = 300;
            for (var i = 0; i < Bets; i++)
            {
                await node.PlaceBetAsync(account, names["market"], 1, "back", "2", "0.01");
            }

            await ChangeAsync("state", """{"state":"suspended","lapse_orders":true,"batch_size":1}""");
        }
    }

    private static string Terms(string name, string bookType, int runners) => BettingMarkets.Market(
        name, bookType, ",\"max_bet_liability\":\"100\",\"max_account_liability\":\"150\"", runners);

    private static string Bet(
        string market, int? runner, string side = "back", string odds = "2", string stake = "10", string more = "") =>
        NodeFixture.Limit("{account}", runner is null ? market : $"{market}:{runner}", side, odds, stake, more);

    private static string Named(string text, Dictionary<string, string> names) =>
        names.Aggregate(text, (named, name) => named.Replace($"{{{name.Key}}}", name.Value));
}
