using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

public sealed class EventRoutesTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const string Two = """[{"id":"YES","title":"Yes"},{"id":"NO"}]""";

    [Fact]
    public async Task A_created_event_shows_its_market_and_lists_an_instrument_per_outcome()
    {
        var created = (await node.Client.PostAsync("/v1/events", Event(
            "rain", more: ""","description":"over\nnight","category":"weather","closes_at":"2999-01-01T00:00:00Z" """)))
            .Expect(201);

        var read = (await node.Client.GetAsync("/v1/events/rain")).Expect(200);

        Assert.Equal(
            ["rain", "Will it?", "over\nnight", "weather", "active"],
            new[] { "event_id", "title", "description", "category", "status" }.Select(name => read.TextAt(name)));
        Assert.Equal(
            ["rain", "binary", "USD", "0.01", "1", "0", "0.00", "2999-01-01T00:00:00.000000Z"],
            new[]
            {
                "market_id", "kind", "collateral", "tick_size", "lot_size", "open_interest", "collateral_locked",
                "closes_at",
            }.Select(name => read.TextAt("market", name)));
        Assert.Equal("NO", created.TextAt("market", "outcomes", "1", "title"));
        Assert.Equal(created.Index, read.At("version").GetInt64());
        Assert.Equal([$"\"{created.Index}\"", created["etag"]], [read["etag"], read["etag"]]);
        Assert.Equal(created.Index, created.At("receipt", "index").GetInt64());
        var instrument = (await node.Client.GetAsync("/v1/instruments/rain:NO")).Expect(200);
        Assert.Equal(
            ["outcome", "rain", "NO", "rain:NO", "USD", "open"],
            new[] { "type", "market_id", "outcome", "base", "quote", "status" }
                .Select(name => instrument.TextAt(name)));
        var listed = (await node.Client.GetAsync("/v1/instruments?type=outcome&q=rain")).Expect(200);
        Assert.Equal(2, listed.At("items").GetArrayLength());
        var market = (await node.Client.GetAsync("/v1/markets/rain")).Expect(200);
        Assert.Equal(read.At("market").GetRawText(), market.Json.GetRawText());
    }

    [Theory]
    [InlineData("\"event_id\":\"T\"", "\"event_id\":\"T:1\"", 400, "invalid_field", "event_id")]
    [InlineData("\"title\":\"Will it?\"", "\"title\":\"\"", 400, "invalid_field", "title")]
    [InlineData("\"title\":\"Will it?\"", "\"title\":\"a\\nb\"", 400, "invalid_field", "title")]
    [InlineData("\"title\":\"Will it?\",", "", 400, "missing_field", "title")]
    [InlineData("{\"id\":\"NO\"}", "{\"id\":\"N O\"}", 400, "invalid_field", "outcomes[1].id")]
    [InlineData(",{\"id\":\"NO\"}", "", 400, "invalid_field", "outcomes")]
    [InlineData("\"0.01\"", "\"0\"", 400, "invalid_field", "tick_size")]
    [InlineData("\"tick_size\"", "\"lot_size\":\"0.5\",\"tick_size\"", 400, "invalid_field", "lot_size")]
    [InlineData("\"tick_size\"", "\"closes_at\":\"soon\",\"tick_size\"", 400, "invalid_field", "closes_at")]
    [InlineData("\"tick_size\"", "\"status\":\"open\",\"tick_size\"", 400, "invalid_field", "status")]
    [InlineData("\"USD\"", "\"NONE\"", 404, "not_found", null)]
    public async Task A_bad_event_is_never_logged_and_its_field_is_named(
        string given, string instead, int status, string code, string? field)
    {
        var before = node.Node.AppliedIndex;

        var answer = (await node.Client.PostAsync("/v1/events", Event("T").Replace(given, instead)))
            .ExpectProblem(status, code);

        Assert.Equal(field, answer.Json.TryGetProperty("errors", out _) ? answer.TextAt("errors", "0", "field") : null);
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    /// <summary>Goal: the reasons of the exchange that no check of the node comes before.</summary>
    [Theory]
    [InlineData("\"NO\"", "\"YES\"", 400, "invalid_field")]
    [InlineData("\"0.01\"", "\"0.03\"", 400, "invalid_field")]
    [InlineData("\"tick_size\"", "\"lot_size\":\"0.1\",\"tick_size\"", 400, "invalid_field")]
    [InlineData("\"tick_size\"", "\"maker_fee_bps\":-1,\"tick_size\"", 400, "invalid_field")]
    [InlineData("\"tick_size\"", "\"closes_at\":\"1999-01-01T00:00:00Z\",\"tick_size\"", 400, "invalid_field")]
    public async Task A_refused_event_is_rejected_in_the_log(string given, string instead, int status, string code)
    {
        (await node.Client.PostAsync("/v1/events", Event("R").Replace(given, instead)))
            .ExpectProblem(status, code, "rejected");
        (await node.Client.GetAsync("/v1/events/R")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task An_id_is_used_once_and_made_up_equally_for_equal_keys()
    {
        (await node.Client.PostAsync("/v1/events", Event("once"))).Expect(201);
        (await node.Client.PostAsync("/v1/events", Event("once"))).ExpectProblem(409, "already_exists", "rejected");
        var unnamed = Event("x").Replace("\"event_id\":\"x\",", "");

        var first = (await node.Client.PostAsync("/v1/events", unnamed, ("Idempotency-Key", "made-up"))).Expect(201);
        var again = (await node.Client.PostAsync("/v1/events", unnamed, ("Idempotency-Key", "made-up"))).Expect(201);
        var other = (await node.Client.PostAsync("/v1/events", unnamed)).Expect(201);

        Assert.Equal("true", again["idempotency-replayed"]);
        Assert.Equal(first.TextAt("event_id"), again.TextAt("event_id"));
        Assert.NotEqual(first.TextAt("event_id"), other.TextAt("event_id"));
        (await node.Client.GetAsync("/v1/commands/made-up")).Expect(200);
    }

    [Fact]
    public async Task Events_are_found_by_text_category_and_status_page_by_page()
    {
        (await node.Client.PostAsync("/v1/events", Event("find-1", more: ""","category":"sea" """))).Expect(201);
        (await node.Client.PostAsync("/v1/events", Event("find-2", more: ""","category":"sea","status":"pending" """)))
            .Expect(201);
        (await node.Client.PostAsync("/v1/events", Event("find-3", more: ""","description":"A FIND-1 too" """)))
            .Expect(201);

        Assert.Equal("find-3 find-2 find-1", await IdsAsync("q=FIND-"));
        Assert.Equal("find-3 find-1", await IdsAsync("q=find-1"));
        Assert.Equal("find-2 find-1", await IdsAsync("category=sea"));
        Assert.Equal("find-2", await IdsAsync("category=sea&status=pending"));
        Assert.Equal("", await IdsAsync("category=se"));
        var page = (await node.Client.GetAsync("/v1/events?q=find-&limit=2")).Expect(200);
        (await node.Client.DeleteAsync("/v1/events/find-1")).Expect(200);
        var next = (await node.Client.GetAsync(
            $"/v1/events?q=find-&limit=2&timeout_ms=10000&cursor={page.TextAt("next_cursor")}")).Expect(200);
        Assert.Equal("find-1", next.TextAt("items", "0", "event_id"));
        Assert.False(next.Json.TryGetProperty("next_cursor", out _));
        Assert.Equal("find-3 find-2", await IdsAsync("q=find-"));
        (await node.Client.GetAsync("/v1/events?status=open")).ExpectProblem(400, "invalid_query");
    }

    [Fact]
    public async Task A_change_is_made_only_from_the_version_that_was_seen()
    {
        var tag = (await node.Client.PostAsync("/v1/events", Event("edit"))).Expect(201)["etag"];

        var changed = (await node.Client.PatchAsync(
            "/v1/events/edit", """{"title":"Neu","category":"c","closes_at":"2999-01-01T00:00:00Z"}""",
            ("If-Match", tag))).Expect(200);

        Assert.Equal(("Neu", "c"), (changed.TextAt("title"), changed.TextAt("category")));
        (await node.Client.PatchAsync("/v1/events/edit", """{"title":"x"}""", ("If-Match", tag)))
            .ExpectProblem(412, "version_mismatch", "rejected");
        var never = (await node.Client.PatchAsync("/v1/events/edit", """{"closes_at":"never","category":""}"""))
            .Expect(200);
        Assert.False(never.At("market").TryGetProperty("closes_at", out _));
        Assert.False(never.Json.TryGetProperty("category", out _));
        Assert.Equal("Neu", never.TextAt("title"));
        (await node.Client.PatchAsync("/v1/events/edit", "{}")).ExpectProblem(400, "missing_field");
        (await node.Client.PatchAsync("/v1/events/edit", """{"closes_at":"1999-01-01T00:00:00Z"}"""))
            .ExpectProblem(400, "invalid_field", "rejected");
        (await node.Client.PatchAsync("/v1/events/none", """{"title":"x"}""")).ExpectProblem(404, "not_found");
        (await node.Client.PatchAsync("/v1/events/edit", """{"title":"x"}""", ("If-Match", "7")))
            .ExpectProblem(400, "invalid_field");
    }

    [Fact]
    public async Task A_deleted_event_gives_everything_back_and_its_id_stays_taken()
    {
        var account = await node.NewAccountAsync(usd: "100");
        (await node.Client.PostAsync("/v1/events", Event("gone"))).Expect(201);
        (await node.Client.PostAsync(
            "/v1/markets/gone/split", $$"""{"account_id":"{{account}}","quantity":"10"}""")).Expect(201);
        await node.PlaceAsync(account, "gone:YES", "sell", "0.60", "4");
        await node.PlaceAsync(account, "gone:YES", "buy", "0.30", "10");

        var deleted = (await node.Client.DeleteAsync("/v1/events/gone")).Expect(200);

        Assert.Equal(("deleted", "0.00"), (deleted.TextAt("status"), deleted.TextAt("market", "collateral_locked")));
        Assert.Equal(2, deleted.At("market", "orders_canceled").GetInt32());
        var balances = (await node.Client.GetAsync($"/v1/accounts/{account}/balances")).Expect(200);
        Assert.Equal("100.00", balances.TextAt("items", "0", "available"));
        (await node.Client.GetAsync("/v1/events/gone")).ExpectProblem(404, "not_found");
        (await node.Client.DeleteAsync("/v1/events/gone")).ExpectProblem(404, "not_found", "rejected");
        (await node.Client.PostAsync("/v1/events", Event("gone"))).ExpectProblem(409, "already_exists", "rejected");
        (await node.Client.DeleteAsync("/v1/events/none")).ExpectProblem(404, "not_found");
    }

    private static string Event(string id, string more = "") =>
        $$"""
        {"event_id":"{{id}}","title":"Will it?","collateral":"USD","outcomes":{{Two}},"tick_size":"0.01"{{more}}}
        """;

    private async Task<string> IdsAsync(string query)
    {
        var found = (await node.Client.GetAsync($"/v1/events?{query}")).Expect(200);
        return string.Join(
            ' ', found.At("items").EnumerateArray().Select(item => item.GetProperty("event_id").GetString()));
    }
}
