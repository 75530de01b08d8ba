using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Streaming;

/// <summary>Goal: a book made order by order of its channel is the node's. Method: orders that rest, trade, change and
/// go, drawn from a seed, and the book of HTTP at the end.</summary>
public sealed class StreamedOrdersTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private const int Seed = 11;
    private const int Orders = 60;

    [Fact]
    public async Task Single_orders_are_made_of_their_channel()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "buy", "10.00", "1"); // In the snapshot.
        using var client = new ReplicatedBookClient([node.Client.Http.BaseAddress!]);
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var orders = new StreamedOrders();
        var last = 0L;
        await foreach (var message in client.Follow([$"l3:{symbol}"]).ReadAsync(patience.Token))
        {
            orders.Apply(message);
            last = last == 0 ? await TradeAsync(account, symbol) : last;
            if (orders.Index >= last)
            {
                break;
            }
        }

        var book = (await client.GetBookAsync(symbol, 1_000, 3, ReadOptions.Strong)).Require();
        Assert.True(book.Bids.Count > 3 && book.Asks.Count > 3, $"seed {Seed}");
        Assert.Equal(
            book.Bids.Select(line => new StreamedOrder(line.OrderId!, line.Price, line.Quantity)), orders.Bids);
        Assert.Equal(
            book.Asks.Select(line => new StreamedOrder(line.OrderId!, line.Price, line.Quantity)), orders.Asks);
    }

    /// <summary>Index of the last change, which is one of the book for sure.</summary>
    private async Task<long> TradeAsync(string account, string symbol)
    {
        var random = new Random(Seed);
        for (var i = 0; i < Orders; i++)
        {
            var price = random.Next(995, 1_006).ToString(CultureInfo.InvariantCulture);
            var placed = await node.PlaceAsync(
                account, symbol, random.Next(2) == 0 ? "buy" : "sell", $"{price[..^2]}.{price[^2..]}",
                $"{random.Next(2, 9)}", ""","stp":"none" """);
            var order = placed.TextAt("order", "order_id");
            if (placed.TextAt("order", "status") != "open")
            {
                continue;
            }

            if (i % 7 == 0)
            {
                (await node.Client.DeleteAsync($"/v1/orders/{order}")).Expect(200);
            }
            else if (i % 5 == 0)
            {
                (await node.Client.PatchAsync($"/v1/orders/{order}", """{"quantity":"20"}""")).Expect(200);
            }
            else if (i % 3 == 0)
            {
                (await node.Client.PatchAsync($"/v1/orders/{order}", """{"price":"10.00"}""")).Expect(200);
            }
        }

        return (await node.PlaceAsync(account, symbol, "buy", "1.00", "1")).Index;
    }
}
