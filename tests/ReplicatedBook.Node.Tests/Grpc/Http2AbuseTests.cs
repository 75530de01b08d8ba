using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: a client that misuses HTTP/2 costs the node neither memory nor the service of others. Method: frames
/// sent without end and without reading an answer, while another client places orders.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class Http2AbuseTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const int Orders = 50;
    private const long MostKept = 16 << 20;
    private const int Many = 256; // Frames in a piece.

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("requests begun and reset", true)]
    [InlineData("headers without end", true)]
    [InlineData("empty headers without end", false)]
    [InlineData("settings", false)]
    [InlineData("pings", false)]
    public async Task Others_are_served_while_one_sends_without_end(string what, bool mustEnd)
    {
        var account = await node.NewAccountAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var patience = new CancellationTokenSource(Patience);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        using var abuse = new Http2Abuse();
        var running = Task.Run(() => abuse.RunAsync(node.Client.Address.Port, Pieces(what), stop.Token));

        for (var i = 0; i < Orders; i++)
        {
            Assert.Equal(
                OrderStatus.Open, (await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 100, 1))).Order.Status);
        }

        if (mustEnd)
        {
            await running; // Patience ends it, and then it was not the node.
            Assert.True(abuse.IsEnded, $"{abuse.Sent} bytes were taken");
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, MostKept);
        await stop.CancelAsync();
        await running;
        Assert.True(abuse.Sent > 0);
        Assert.NotNull((await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 100, 1))).Order);
    }

    private static Func<int, byte[]> Pieces(string what) => what switch
    {
        "requests begun and reset" => k => Each(i => (byte[])
        [
            .. Http2Abuse.Frame(
                Http2Abuse.Headers, Http2Abuse.EndHeaders, Stream(k, i), Http2Abuse.RequestHeaders),
            .. Http2Abuse.Frame(Http2Abuse.Reset, 0, Stream(k, i), [0, 0, 0, 8]),
        ]),
        "headers without end" => k => k == 0
            ? Http2Abuse.Frame(Http2Abuse.Headers, 0, 1, Http2Abuse.RequestHeaders)
            : Http2Abuse.Frame(Http2Abuse.Continuation, 0, 1, NeverIndexed()),
        "empty headers without end" => k => k == 0
            ? Http2Abuse.Frame(Http2Abuse.Headers, 0, 1, Http2Abuse.RequestHeaders)
            : Each(_ => Http2Abuse.Frame(Http2Abuse.Continuation, 0, 1, [])),
        "settings" => _ => Each(_ => Http2Abuse.Frame(Http2Abuse.Settings, 0, 0, [0, 3, 0, 0, 0, 100])),
        _ => _ => Each(_ => Http2Abuse.Frame(Http2Abuse.Ping, 0, 0, new byte[8])),
    };

    private static int Stream(int piece, int i) => (2 * ((piece * Many) + i)) + 1;

    private static byte[] Each(Func<int, byte[]> frame) => [.. Enumerable.Range(0, Many).SelectMany(frame)];

    /// <summary>A header of 1,000 bytes in the form that no table remembers.</summary>
    private static byte[] NeverIndexed() =>
        [0x10, 1, (byte)'x', 0x7F, 0xE9, 0x06, .. Enumerable.Repeat((byte)'y', 1000)];
}
