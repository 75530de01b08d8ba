using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.WebSocket;

/// <summary>Goal: many orders over one connection each have their effect and their answer. Method: more at once than
/// may be under way, on a node that lets orders wait.</summary>
public sealed class SocketFlowTests : IAsyncLifetime
{
    private const string Symbol = "BTC-USD";
    private const int QuietOrders = 10_000;
    private const int QuietPrices = 500;

    private TestNode _node = null!;

    private TestClient Client => _node.Client;

    public async ValueTask InitializeAsync()
    {
        _node = await TestNode.StartReadyAsync("--Limits:MaxCommandWait=00:00:30");
        await _node.WaitForFeatureLevelAsync();
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Requests_are_sent_ahead_and_each_is_answered_once()
    {
        var account = await OpenMarketAsync(Client);
        using var socket = await TestSocket.OpenAsync(Client);
        const int Count = 500; // Several times what may be under way at once.
        var order = NodeFixture.Limit(account, Symbol, "buy", "1.00", "1");

        var sending = SendAsync();
        var answered = new List<int>();
        for (var i = 0; i < Count; i++)
        {
            var answer = await socket.NextAsync();
            answer.ExpectResult(201);
            answered.Add(answer.GetProperty("id").GetInt32());
        }

        await sending;
        Assert.Equal(Enumerable.Range(0, Count), answered.Order());

        async Task SendAsync()
        {
            for (var i = 0; i < Count; i++)
            {
                await socket.SendAsync(SocketOrderTests.Place(order, $"{i}"));
            }
        }
    }

    [Fact]
    public async Task Without_acknowledgements_nothing_comes_back_but_refusals_and_every_order_is_in_the_book()
    {
        var account = await OpenMarketAsync(Client);
        using var socket = await TestSocket.OpenAsync(Client);
        (await socket.AskAsync("""{"op":"session","no_ack":true}""")).Expect("session");

        for (var i = 0; i < QuietOrders; i++)
        {
            var order = NodeFixture.Limit(account, Symbol, "buy", $"{1 + (i % QuietPrices)}.00", "0.0001");
            await socket.SendAsync(SocketOrderTests.Place(order, $"{i}"));
        }

        await socket.SendAsync("""{"id":"bad","op":"order.cancel","order_id":"0"}""");
        var only = await socket.NextAsync();
        Assert.Equal("bad", only.GetProperty("id").ToString());
        only.ExpectError(404, "not_found");
        Assert.Equal(QuietOrders, await RestingAsync());
        (await socket.AskAsync("""{"op":"ping"}""")).Expect("pong");
    }

    /// <summary>Makes the market BTC-USD on a node that has none.</summary>
    /// <returns>An account with much money.</returns>
    internal static async Task<string> OpenMarketAsync(TestClient node)
    {
        (await node.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await node.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
        (await node.PostAsync("/v1/instruments", NodeFixture.Instrument(Symbol))).Expect(201);
        var account = (await node.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id")!;
        foreach (var asset in new[] { "USD", "BTC" })
        {
            (await node.PostAsync(
                $"/v1/accounts/{account}/deposits", $$"""{"asset":"{{asset}}","amount":"1000000000"}""")).Expect(201);
        }

        return account;
    }

    private async Task<long> RestingAsync()
    {
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (true)
        {
            var book = await Client.GetAsync($"/v1/instruments/{Symbol}/book?depth=1000");
            var count = book.Expect(200).At("bids").EnumerateArray().Sum(level => level[2].GetInt64());
            if (count >= QuietOrders)
            {
                return count;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }
}
