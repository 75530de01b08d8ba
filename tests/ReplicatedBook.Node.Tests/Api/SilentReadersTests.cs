using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Tests.Api;

/// <summary>Goal: who does not read costs the node a bounded amount of memory, and nobody else anything. Method: many
/// streams that nobody reads while far more happens than their sockets hold; what the process keeps after a full
/// collection is counted.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class SilentReadersTests : IAsyncLifetime
{
    private const int Readers = 64;
    private const int Batches = 200;
    private const int OrdersOfBatch = 100;

    /// <summary>What one such reader may cost: Kestrel's 64 KiB of output, a page of 128 KiB with the rest of its last
    /// block, the items of one entry, and what belongs to a connection, at both of its ends.</summary>
    private const long MostBytesOfOne = 512 << 10;

    private static readonly string[] Formats = ["text/event-stream", "application/x-ndjson"];

    private TestNode? _node;
    private string _batch = "";

    private TestNode Node => _node!;

    public async ValueTask InitializeAsync()
    {
        // A small ring: what the feed keeps of the events in memory is soon as much as it will ever be.
        _node = await TestNode.StartReadyAsync("--Feed:MaxBytes=1048576");
        await _node.WaitForFeatureLevelAsync();
        (await Node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await Node.Client.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
        (await Node.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("BTC-USD"))).Expect(201);
        var account = (await Node.Client.PostAsync("/v1/accounts", "{}")).Expect(201).TextAt("account_id")!;
        (await Node.Client.PostAsync($"/v1/accounts/{account}/deposits", """{"asset":"USD","amount":"1000"}"""))
            .Expect(201);
        var order = NodeFixture.Limit(account, "BTC-USD", "buy", "1", "1", ""","time_in_force":"ioc" """);
        _batch = $$"""{"orders":[{{string.Join(',', Enumerable.Repeat(order, OrdersOfBatch))}}]}""";
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();

    [Fact]
    public async Task Readers_that_never_read_cost_a_bounded_amount_and_others_get_everything()
    {
        await TradeAsync(); // All that grows once has grown then.
        var before = KeptBytes();
        await TradeAsync();
        var growth = Math.Max(0, KeptBytes() - before); // Of the exchange itself, by as many orders.
        before = KeptBytes();

        var head = Node.Services.GetRequiredService<EventHistory>().HeadIndex;
        using var narrow = NarrowClient();
        var silent = await OpenAsync(narrow, head + 1);
        using var read = await OpenAsync(Node.Client.Http, head + 1, Formats[0]);
        var reading = CountAsync(read);
        await TradeAsync();
        var (orders, bytes) = await reading;
        var cost = KeptBytes() - before - growth;

        const long Bound = Readers * MostBytesOfOne;
        Assert.Equal(Batches * OrdersOfBatch, orders);
        Assert.InRange(cost, long.MinValue, Bound);
        Assert.True(Readers * bytes > 16 * Bound, $"{bytes} bytes of events are too few to show anything");
        Assert.Equal(Readers + 1, OpenStreams());

        // They have lost nothing either: what one does not take waits on the disk.
        Assert.Equal(Batches * OrdersOfBatch, (await CountAsync(silent[0])).Orders);
        Assert.Equal(Batches * OrdersOfBatch, (await CountAsync(silent[1])).Orders);
        silent.ForEach(stream => stream.Dispose());
    }

    /// <summary>Goal: a stream on which nothing happens costs nothing more from one sign of life to the next. Method:
    /// as many waits given up as a thousand streams come to in five minutes.</summary>
    [Fact]
    public async Task Waits_that_were_given_up_are_forgotten()
    {
        const int Waits = 20_000;
        var feed = new EventFeed(16, 1 << 16);
        var before = KeptBytes();
        for (var i = 0; i < Waits; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => feed.WaitAsync(1, new CancellationToken(canceled: true)));
        }

        Assert.InRange(KeptBytes() - before, long.MinValue, 1 << 20); // 50 bytes for each would be too many.
        GC.KeepAlive(feed);
    }

    private static long KeptBytes() => GC.GetTotalMemory(forceFullCollection: true);

    private long OpenStreams() =>
        Node.Services.GetRequiredService<FeedReader>().Subscribers().Sum(measured => measured.Value);

    private async Task TradeAsync()
    {
        for (var i = 0; i < Batches; i++)
        {
            (await Node.Client.Http.PostAsync("/v1/orders/batch", TestClient.Json(_batch))).EnsureSuccessStatusCode();
        }
    }

    /// <summary>Opens streams and reads no more than the heads of their answers.</summary>
    private static async Task<List<HttpResponseMessage>> OpenAsync(HttpClient http, long from)
    {
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < Readers; i++)
        {
            streams.Add(await OpenAsync(http, from, Formats[i % Formats.Length]));
        }

        return streams;
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, long from, string format)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/feed?from_index={from}");
        request.Headers.Accept.ParseAdd(format);
        return (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
    }

    /// <summary>A client whose sockets take little.</summary>
    private HttpClient NarrowClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = Node.Client.Http.BaseAddress,
    };

    // Until all orders have come that are traded in one go.
    private static async Task<(int Orders, long Bytes)> CountAsync(HttpResponseMessage stream)
    {
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        using var patience = new CancellationTokenSource(TestClient.Patience);
        var (orders, bytes) = (0, 0L);
        while (orders < Batches * OrdersOfBatch && await lines.ReadLineAsync(patience.Token) is { } line)
        {
            bytes += line.Length + 1;
            orders += line.Contains("\"type\":\"order_accepted\"", StringComparison.Ordinal) ? 1 : 0;
        }

        return (orders, bytes);
    }
}
