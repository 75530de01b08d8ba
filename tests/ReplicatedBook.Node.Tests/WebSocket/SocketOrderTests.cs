using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: orders over a connection do what they do over HTTP. Method: each op, well and badly, and what HTTP
/// says of the orders afterwards.</summary>
public sealed class SocketOrderTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Fact]
    public async Task An_order_is_placed_amended_and_cancelled_and_every_answer_has_the_id_of_its_request()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);

        var placed = await socket.AskAsync(Place(NodeFixture.Limit(account, symbol, "buy", "100.00", "2"), "7"));
        var order = placed.ExpectResult(201).GetProperty("order").GetProperty("order_id").GetString();
        var amended = await socket.AskAsync(
            $$$"""{"id":"b","op":"order.amend","order_id":"{{{order}}}","data":{"quantity":"1"}}""");
        var cancelled = await socket.AskAsync($$"""{"op":"order.cancel","order_id":"{{order}}"}""");

        Assert.Equal((7, "b"), (placed.GetProperty("id").GetInt32(), amended.GetProperty("id").GetString()));
        Assert.False(cancelled.TryGetProperty("id", out _));
        Assert.Equal("1.0000", amended.ExpectResult(200).GetProperty("order").GetProperty("quantity").GetString());
        Assert.Equal("canceled", cancelled.ExpectResult(200).GetProperty("order").GetProperty("status").GetString());
        Assert.Equal("canceled", (await node.Client.GetAsync($"/v1/orders/{order}")).TextAt("order", "status"));
    }

    [Fact]
    public async Task Orders_go_in_as_a_batch_and_out_by_name_and_all_together()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);
        var named = NodeFixture.Limit(account, symbol, "buy", "100.00", "1", ",\"client_order_id\":\"mine?1%\"");
        var plain = NodeFixture.Limit(account, symbol, "sell", "200.00", "1");

        var batch = await socket.AskAsync(
            $$$"""{"op":"order.batch","data":{"orders":[{{{plain}}},{{{named}}}]}}""");
        var byName = await socket.AskAsync(
            $$"""{"op":"order.cancel","client_order_id":"mine?1%","account_id":"{{account}}"}""");
        var all = await socket.AskAsync(
            $$"""{"op":"order.cancel_all","account_id":"{{account}}","instrument":"{{symbol}}","side":"sell"}""");

        Assert.Equal(2, batch.ExpectResult(200).GetProperty("results").GetArrayLength());
        Assert.Equal(
            "mine?1%", byName.ExpectResult(200).GetProperty("order").GetProperty("client_order_id").GetString());
        Assert.Equal(1, all.ExpectResult(200).GetProperty("canceled").GetInt32());
    }

    [Fact]
    public async Task What_the_routes_refuse_is_refused_as_they_do()
    {
        await node.NewAccountAsync(); // Who has one account only need not name it.
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);
        var tooFine = NodeFixture.Limit(account, symbol, "buy", "0.001", "1");
        var tooDear = NodeFixture.Limit(account, symbol, "buy", "999999.00", "99");

        (await socket.AskAsync(Place(tooFine))).ExpectError(422, "invalid_tick");
        var refused = (await socket.AskAsync(Place(tooDear)))
            .ExpectError(422, "insufficient_funds");
        (await socket.AskAsync("""{"op":"order.place","data":{}}""")).ExpectError(400, "missing_field");
        (await socket.AskAsync("""{"op":"order.batch","data":{"orders":[]}}""")).ExpectError(400, "invalid_field");
        (await socket.AskAsync("""{"op":"order.amend","order_id":"1","data":{}}""")).ExpectError(400, "missing_field");
        (await socket.AskAsync("""{"op":"order.amend","order_id":"..","data":{"price":"1"}}"""))
            .ExpectError(404, "not_found");
        (await socket.AskAsync("""{"op":"order.cancel","order_id":"999999"}""")).ExpectError(404, "not_found");
        (await socket.AskAsync("""{"op":"order.cancel"}""")).ExpectError(400, "missing_field");
        (await socket.AskAsync("""{"op":"order.cancel","order_id":"1","client_order_id":"a"}"""))
            .ExpectError(400, "invalid_field");
        (await socket.AskAsync("""{"op":"order.cancel_all"}""")).ExpectError(400, "missing_field");
        (await socket.AskAsync($$"""{"op":"order.cancel_all","account_id":"{{account}}","side":"up"}"""))
            .ExpectError(400, "invalid_query");
        (await socket.AskAsync("""{"op":"order.cancel","order_id":"1","timeout_ms":0}"""))
            .ExpectError(400, "invalid_query");
        Assert.Equal("rejected", refused.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_key_makes_an_order_exactly_once_over_both_transports()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var socket = await TestSocket.OpenAsync(node.Client);
        var order = NodeFixture.Limit(account, symbol, "buy", "100.00", "1");
        var message = $$$"""
            {"op":"order.place","idempotency_key":"ws-{{{symbol}}}","data":{{{order}}}}
            """;

        var first = (await socket.AskAsync(message)).ExpectResult(201);
        var second = (await socket.AskAsync(message)).ExpectResult(201);
        var third = await node.Client.PostAsync("/v1/orders", order, ("Idempotency-Key", $"ws-{symbol}"));

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(first.GetProperty("order").GetProperty("order_id").GetString(), third.TextAt("order", "order_id"));
    }

    [Fact]
    public async Task A_session_is_refused_where_its_switches_do_not_go_together()
    {
        using var socket = await TestSocket.OpenAsync(node.Client);

        (await socket.AskAsync("""{"op":"session","grace_ms":5}""")).ExpectError(400, "invalid_field");
        (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":true,"grace_ms":60001}"""))
            .ExpectError(400, "invalid_field");
        (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":1}""")).ExpectError(400, "invalid_field");
        var session = (await socket.AskAsync("""{"op":"session"}""")).Expect("session");
        Assert.False(session.GetProperty("no_ack").GetBoolean());
    }

    [Fact]
    public async Task Orders_of_a_session_are_cancelled_with_their_connection_and_others_are_not()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        var other = (await node.PlaceAsync(account, symbol, "buy", "90.00", "1")).TextAt("order", "order_id");
        var socket = await TestSocket.OpenAsync(node.Client);
        var session = (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":true}""")).Expect("session");
        (await socket.AskAsync("""{"op":"session","cancel_on_disconnect":true}""")).ExpectError(400, "invalid_field");
        var placed = (await socket.AskAsync(Place(NodeFixture.Limit(account, symbol, "buy", "91.00", "1"))))
            .ExpectResult(201).GetProperty("order").GetProperty("order_id").GetString();

        socket.Dispose();

        Assert.True(session.GetProperty("cancel_on_disconnect").GetBoolean());
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while ((await node.Client.GetAsync($"/v1/orders/{placed}")).TextAt("order", "status") != "canceled")
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("open", (await node.Client.GetAsync($"/v1/orders/{other}")).TextAt("order", "status"));
    }

    /// <summary>A message that places an order.</summary>
    internal static string Place(string order, string id = "null") =>
        $$$"""{"id":{{{id}}},"op":"order.place","data":{{{order}}}}""";
}
