using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Streaming;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Streaming;

/// <summary>Goal: what the SDK makes of a stream is what the node has. Method: a book of the stream against that of
/// HTTP, one after the other in which things go wrong.</summary>
public sealed class MarketDataStreamTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly ClientOptions Quick = new() { Deadline = TimeSpan.FromSeconds(1) };

    private Uri Address => node.Client.Http.BaseAddress!;

    [Fact]
    public async Task A_book_is_made_of_its_channel()
    {
        var (account, symbol) = (await node.NewAccountAsync(), await node.NewInstrumentAsync());
        using var client = new ReplicatedBookClient([Address]);
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var book = new StreamedBook();

        var last = 0L;
        await foreach (var message in client.Follow([$"book:{symbol}?depth=3"]).ReadAsync(patience.Token))
        {
            Assert.True(book.Apply(message));
            if (message.IsSnapshot)
            {
                await node.PlaceAsync(account, symbol, "buy", "99.00", "1");
                await node.PlaceAsync(account, symbol, "buy", "98.50", "2");
                await node.PlaceAsync(account, symbol, "buy", "100.00", "3");
                await node.PlaceAsync(account, symbol, "sell", "101.00", "1.5");
                last = (await node.PlaceAsync(account, symbol, "buy", "97.00", "3")).Index - 1;
            }

            if (book.Index >= last)
            {
                break;
            }
        }

        Assert.Equal(["100.00", "99.00", "98.50"], book.Bids.Select(level => level.Price));
        Assert.Equal([new StreamedLevel("101.00", "1.5000")], book.Asks);
    }

    [Fact]
    public async Task A_channel_that_is_begun_anew_begins_with_a_snapshot()
    {
        var symbol = await node.NewInstrumentAsync();
        using var client = new ReplicatedBookClient([Address]);
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var stream = client.Follow([$"book:{symbol}"]);

        var snapshots = 0;
        await foreach (var message in stream.ReadAsync(patience.Token))
        {
            Assert.True(message.IsSnapshot);
            if (++snapshots == 3)
            {
                break;
            }

            stream.Restart(message.Channel);
        }

        Assert.Equal(0, stream.Resumptions);
    }

    [Fact]
    public async Task A_channel_that_does_not_exist_is_refused()
    {
        using var client = new ReplicatedBookClient([Address], Quick);

        var refused = await Assert.ThrowsAsync<OutcomeException>(async () =>
        {
            await foreach (var _ in client.Follow(["book:NONE"]).ReadAsync(TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal((OutcomeKind.Rejected, "not_found"), (refused.Kind, refused.Problem?.Code));
    }

    [Fact]
    public async Task Without_a_node_there_is_nothing_to_follow()
    {
        using var client = new ReplicatedBookClient([new($"http://127.0.0.1:{TestNode.FreePort()}")], Quick);

        var failed = await Assert.ThrowsAsync<OutcomeException>(async () =>
        {
            await foreach (var _ in client.Follow(["feed"]).ReadAsync(TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal(OutcomeKind.NotExecuted, failed.Kind);
    }
}
