using System.Text.RegularExpressions;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>Requests for every route of the table that do what they ask when their caller may: each about new objects,
/// the owner's where objects are somebody's.</summary>
internal sealed partial class AccessRequests(TestClient node, GuardedCluster cluster)
{
    private static int _last;
    private static string? _member;

    /// <summary>A request for a route.</summary>
    /// <param name="route">Method and pattern.</param>
    /// <param name="caller">Who will send it; owner's credential where it does not matter.</param>
    public async Task<AccessRequest> OfAsync(string route, int caller)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var credential = route is "POST /v1/auth/logout" or "PUT /v1/auth/password" && cluster.Usernames.Length > caller
            ? await cluster.NewUserAsync(node, caller) // Whose sign-in is nobody else's.
            : cluster.Credentials[caller];
        var (path, body) = await FillAsync(route, pattern);
        Assert.DoesNotContain('{', path);
        return new AccessRequest(method, path, body, credential);
    }

    private async Task<(string Path, string? Body)> FillAsync(string route, string pattern)
    {
        if (pattern.StartsWith("/v1/accounts/", StringComparison.Ordinal))
        {
            return (pattern.Replace("{account_id}", cluster.Account), route.Split('/')[^1] switch
            {
                "deposits" or "withdrawals" => """{"asset":"USD","amount":"1"}""",
                "cancel_after" => """{"timeout_ms":0}""",
                _ => null,
            });
        }

        if (pattern.StartsWith("/v1/orders", StringComparison.Ordinal))
        {
            return await OrderAsync(route, pattern);
        }

        if (pattern.StartsWith("/v1/betting/markets/", StringComparison.Ordinal))
        {
            return await BettingAsync(route, pattern);
        }

        if (Identity().IsMatch(pattern))
        {
            return await IdentityAsync(route, pattern);
        }

        if (pattern.StartsWith("/v1/cluster/", StringComparison.Ordinal))
        {
            return await ClusterAsync(route, pattern);
        }

        if (pattern.Contains("{symbol}"))
        {
            return await InstrumentAsync(route, pattern);
        }

        return pattern.Contains("{event_id}") || pattern.Contains("{market_id}")
            ? await MarketAsync(route, pattern)
            : Plain(route, pattern);
    }

    private static (string Path, string? Body) Plain(string route, string pattern) => route switch
    {
        "POST /v1/accounts" => (pattern, "{}"),
        "POST /v1/assets" => (pattern, $$"""{"asset":"A{{Next()}}","scale":2}"""),
        "POST /v1/instruments" => (pattern, NodeFixture.Instrument($"I{Next()}")),
        "POST /v1/events" => (pattern, Event($"e{Next()}")),
        "POST /v1/betting/markets" => (pattern, BettingMarkets.Market($"Match {Next()}")),
        "GET /v1/node/state" => (pattern + "?part=orders", null),
        "GET /v1/node/log" => (pattern + "?limit=5", null),
        _ => (pattern.Replace("{documentName}", "v1").Replace("{id}", "some-key"), null),
    };

    private async Task<(string Path, string? Body)> OrderAsync(string route, string pattern)
    {
        var symbol = await NewInstrumentAsync();
        var order = NodeFixture.Limit(cluster.Account, symbol, "buy", "1.00", "1");
        switch (route)
        {
            case "POST /v1/orders" or "POST /v1/orders/validate":
                return (pattern, order);
            case "POST /v1/orders/batch":
                return (pattern, $$"""{"orders":[{{order}}]}""");
            case "DELETE /v1/orders":
                return ($"{pattern}?account_id={cluster.Account}&instrument={symbol}", null);
            case "POST /v1/orders/{order_id}/reduce":
                var market = await NewBettingMarketAsync();
                var bet = BettingMarkets.Bet(cluster.Account, market, 1, "back", "2.00", "10");
                return (pattern.Replace("{order_id}", await PlaceAsync(bet)), """{"reduction":"1.00"}""");
        }

        var name = $"c{Next()}";
        var id = await PlaceAsync(NodeFixture.Limit(
            cluster.Account, symbol, "buy", "1.00", "1", $",\"client_order_id\":\"{name}\""));
        var path = pattern.Replace("{order_id}", id).Replace("{client_order_id}", name);
        return (
            path + (pattern.Contains("by_client_id") ? $"?account_id={cluster.Account}" : ""),
            route.StartsWith("PATCH") ? """{"quantity":"0.5"}""" : null);
    }

    private async Task<(string Path, string? Body)> BettingAsync(string route, string pattern)
    {
        var market = await NewBettingMarketAsync(route.Contains("/runners") ? "multi_runner" : "two_runner");
        if (route.EndsWith("/settle"))
        {
            var path = $"/v1/betting/markets/{market}/state";
            (await node.PostAsync(path, """{"state":"closed"}""", cluster.Admin)).Expect(200);
        }

        return (pattern.Replace("{market_id}", market).Replace("{runner_id}", "1"), route.Split("{market_id}")[1] switch
        {
            "/runners" => """{"runners":[{"runner_id":"7","name":"Late"}]}""",
            "/state" => """{"state":"suspended"}""",
            "/phase" => """{"phase":"awaiting_live"}""",
            "/settle" => """{"winners":["1"]}""",
            "/void" or "/orders/cancel" => "{}",
            "/trades/void" => """{"since":"2026-01-01T00:00:00Z"}""",
            _ => null,
        });
    }

    private async Task<(string Path, string? Body)> MarketAsync(string route, string pattern)
    {
        var id = $"e{Next()}";
        await DoAsync("/v1/events", Event(id), cluster.Admin);
        var set = $$"""{"account_id":"{{cluster.Account}}","quantity":"10"}""";
        if (route.EndsWith("/merge"))
        {
            await DoAsync($"/v1/markets/{id}/split", set, cluster.Owner);
        }

        return (pattern.Replace("{event_id}", id).Replace("{market_id}", id), route switch
        {
            _ when route.EndsWith("/split") || route.EndsWith("/merge") => set,
            _ when route.EndsWith("/status") => """{"status":"paused"}""",
            _ when route.EndsWith("/resolve") => """{"outcome":"YES"}""",
            _ when route.StartsWith("PATCH") => """{"title":"another"}""",
            _ => null,
        });
    }

    private async Task<(string Path, string? Body)> InstrumentAsync(string route, string pattern) => (
        pattern.Replace("{symbol}", await NewInstrumentAsync()),
        route.StartsWith("PATCH") ? """{"maker_fee_bps":1,"taker_fee_bps":2}"""
            : route.EndsWith("/status") ? """{"status":"halted"}"""
            : null);

    private async Task<(string Path, string? Body)> ClusterAsync(string route, string pattern)
    {
        switch (route)
        {
            case "POST /v1/cluster/leader":
                var leader = (await node.GetAsync("/livez"))["rb-leader"];
                return (pattern, $$"""{"node_id":"{{leader}}"}""");
            case "GET /v1/cluster/snapshots/{snapshot_id}/content":
                var taken = await DoAsync("/v1/cluster/snapshots", "", cluster.Admin);
                return (pattern.Replace("{snapshot_id}", taken.TextAt("snapshot_id")), null);
        }

        if (!pattern.Contains("/members"))
        {
            return (pattern, null);
        }

        if (_member is not null)
        {
            await node.DeleteAsync($"/v1/cluster/members/{_member}", cluster.Admin);
        }

        _member = $"x{Next()}";
        var body = $$"""{"node_id":"{{_member}}","peer":"127.0.0.1:1","api":"http://127.0.0.1:2"}""";
        if (route == "POST /v1/cluster/members")
        {
            return (pattern, body);
        }

        await DoAsync("/v1/cluster/members", body, cluster.Admin);
        return (pattern.Replace("{node_id}", _member), null);
    }

    private async Task<string> NewInstrumentAsync()
    {
        var symbol = $"I{Next()}";
        await DoAsync("/v1/instruments", NodeFixture.Instrument(symbol), cluster.Admin);
        return symbol;
    }

    private async Task<string> NewBettingMarketAsync(string type = "two_runner") =>
        (await DoAsync("/v1/betting/markets", BettingMarkets.Market($"Match {Next()}", type), cluster.Admin))
        .TextAt("market_id")!;

    private async Task<string> PlaceAsync(string order) =>
        (await DoAsync("/v1/orders", order, cluster.Owner)).TextAt("order", "order_id")!;

    private async Task<Answer> DoAsync(string path, string body, (string, string) user) =>
        (await node.PostAsync(path, body, user)).Expect(201);

    private static string Event(string id) => $$"""
        {"event_id":"{{id}}","title":"t","collateral":"USD","outcomes":[{"id":"YES"},{"id":"NO"}],"tick_size":"0.01"}
        """;

    [GeneratedRegex("^/v1/(auth|users|api_keys|bootstrap|transfers)")]
    private static partial Regex Identity();

    private static int Next() => Interlocked.Increment(ref _last);
}
