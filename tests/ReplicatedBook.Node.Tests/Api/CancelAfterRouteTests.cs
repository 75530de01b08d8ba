using System.Globalization;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Dead man's switches.</summary>
public sealed class CancelAfterRouteTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task A_switch_is_set_shown_set_anew_and_switched_off()
    {
        var account = await node.NewAccountAsync();

        var first = await SetAsync(account, 60_000);
        var second = await SetAsync(account, 300_000);

        Assert.Equal(TimeSpan.FromSeconds(60), TimeOf(first, "cancel_at") - CommittedAt(first));
        Assert.Equal(TimeSpan.FromSeconds(300), TimeOf(second, "cancel_at") - CommittedAt(second));
        Assert.Equal(account, second.TextAt("account_id"));
        var shown = (await node.Client.GetAsync($"/v1/accounts/{account}")).Expect(200);
        Assert.Equal(second.TextAt("cancel_at"), shown.TextAt("cancel_after_at"));
        Assert.DoesNotContain(
            "cancel_after_at", (await node.Client.GetAsync("/v1/accounts")).Expect(200).Text,
            StringComparison.Ordinal);
        Assert.False((await SetAsync(account, 0)).Json.TryGetProperty("cancel_at", out _));
        shown = (await node.Client.GetAsync($"/v1/accounts/{account}")).Expect(200);
        Assert.False(shown.Json.TryGetProperty("cancel_after_at", out _));
    }

    [Fact]
    public async Task A_switch_that_fires_cancels_all_open_orders_once()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var id = (await node.PlaceAsync(account, symbol, "buy", "10", "1")).TextAt("order", "order_id");
        var set = await SetAsync(account, 1_000);

        using var patience = new CancellationTokenSource(TestClient.Patience);
        var order = (await node.Client.GetAsync($"/v1/orders/{id}")).Expect(200);
        while (order.TextAt("order", "status") == "open")
        {
            patience.Token.ThrowIfCancellationRequested();
            order = (await node.Client.GetAsync($"/v1/orders/{id}")).Expect(200);
        }

        Assert.Equal(
            ("canceled", "cancel_after"), (order.TextAt("order", "status"), order.TextAt("order", "reason")));
        Assert.True(
            DateTimeOffset.Parse(order.TextAt("order", "updated_at")!, CultureInfo.InvariantCulture)
                >= TimeOf(set, "cancel_at"));
        var shown = (await node.Client.GetAsync($"/v1/accounts/{account}")).Expect(200);
        Assert.False(shown.Json.TryGetProperty("cancel_after_at", out _));
        await node.PlaceAsync(account, symbol, "buy", "10", "1");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1")]
    [InlineData("999")]
    [InlineData("300001")]
    [InlineData("\"1000\"")]
    public async Task A_time_out_of_range_is_named_and_never_logged(string timeout)
    {
        var account = await node.NewAccountAsync();
        var before = node.Node.AppliedIndex;

        var answer = await SendAsync(account, $$"""{"timeout_ms":{{timeout}}}""");

        answer.ExpectProblem(400, "invalid_field");
        Assert.Equal("timeout_ms", answer.TextAt("errors", "0", "field"));
        Assert.Equal(before, node.Node.AppliedIndex);
    }

    [Fact]
    public async Task A_replay_gives_the_first_answer_and_moves_nothing()
    {
        var account = await node.NewAccountAsync();
        const string Body = """{"timeout_ms":60000}""";

        var first = (await SendAsync(account, Body, ("Idempotency-Key", "switch"))).Expect(200);
        var again = (await SendAsync(account, Body, ("Idempotency-Key", "switch"))).Expect(200);
        var command = (await node.Client.GetAsync("/v1/commands/switch")).Expect(200);

        Assert.Equal("true", again["idempotency-replayed"]);
        Assert.Equal(first.TextAt("cancel_at"), again.TextAt("cancel_at"));
        Assert.Equal(first.TextAt("cancel_at"), command.TextAt("result", "cancel_at"));
        (await SendAsync("x!", Body)).ExpectProblem(404, "not_found");
        (await SendAsync("a999999", Body)).ExpectProblem(404, "not_found", "rejected");
        (await SendAsync(account, "{}")).ExpectProblem(400, "missing_field");
    }

    private Task<Answer> SendAsync(string account, string body, params (string Name, string Value)[] headers) =>
        node.Client.SendAsync(
            HttpMethod.Put, $"/v1/accounts/{account}/cancel_after", TestClient.Json(body), headers);

    private async Task<Answer> SetAsync(string account, int timeoutMs) =>
        (await SendAsync(account, $$"""{"timeout_ms":{{timeoutMs}}}""")).Expect(200);

    private static DateTimeOffset CommittedAt(Answer answer) =>
        DateTimeOffset.Parse(answer.TextAt("receipt", "committed_at")!, CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(Answer answer, string field) =>
        DateTimeOffset.Parse(answer.TextAt(field)!, CultureInfo.InvariantCulture);
}
