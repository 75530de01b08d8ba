using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;

namespace ReplicatedBook.Node.Tests.Grpc;

/// <summary>Goal: books and events come as they happen, without gaps. Method: streams on a node beside
/// orders.</summary>
public sealed class StreamTests(GrpcFixture node) : IClassFixture<GrpcFixture>
{
    private const string Book = "/replicatedbook.v1.MarketData/StreamBook";
    private const string Events = "/replicatedbook.v1.Feed/StreamEvents";

    [Fact]
    public async Task A_book_begins_with_a_snapshot_and_goes_on_with_what_changes()
    {
        var account = await node.NewAccountAsync();
        await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 3_00, 10));
        await using var stream = await node.Client.OpenAsync(
            Book, new StreamBookRequest { Instrument = GrpcFixture.Symbol, Depth = 5 }, BookUpdate.Parser);
        var snapshot = await stream.ReadAsync();
        Assert.Equal(BookUpdate.Types.Kind.Snapshot, snapshot.Kind);
        Assert.Equal((3_00L, 10L), (snapshot.Bids[0].PriceTicks, snapshot.Bids[0].QtyLots));

        var placed = await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 4_00, 7));
        var delta = await stream.ReadAsync();
        Assert.Equal(
            (BookUpdate.Types.Kind.Delta, snapshot.Index, placed.Receipt.Index),
                (delta.Kind, delta.PrevIndex, delta.Index));
        Assert.Equal((4_00L, 7L), (Assert.Single(delta.Bids).PriceTicks, delta.Bids[0].QtyLots));

        await using var resumed = await node.Client.OpenAsync(
            Book, new StreamBookRequest { Instrument = GrpcFixture.Symbol, Depth = 5, FromIndex = snapshot.Index },
            BookUpdate.Parser);
        Assert.Equal(delta, await resumed.ReadAsync());
        await node.CallAsync("Trading/CancelAll", new CancelAllRequest { AccountId = account }, CancelAllReply.Parser);
        Assert.All((await resumed.ReadAsync()).Bids, line => Assert.Equal(0L, line.QtyLots));
    }

    [Fact]
    public async Task Events_come_in_order_from_any_index()
    {
        var account = await node.NewAccountAsync();
        await using var live = await node.Client.OpenAsync(
            Events, new StreamEventsRequest { Types_ = { "order_accepted" }, AccountId = account }, FeedEvent.Parser);
        var first = await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 1_00, 1));
        var second = await node.PlaceAsync(GrpcFixture.Limit(account, Side.Buy, 1_00, 2));
        var heard = await live.ReadAsync();
        Assert.Equal(
            (first.Receipt.Index, "order_accepted", first.Receipt.CommittedUs),
                (heard.Index, heard.Type, heard.TimeUs));
        Assert.Contains($"\"order_id\":\"{first.Order.OrderId}\"", heard.Data);
        Assert.Equal(second.Receipt.Index, (await live.ReadAsync()).Index);

        await using var past = await node.Client.OpenAsync(
            Events, new StreamEventsRequest { FromIndex = second.Receipt.Index, Instrument = GrpcFixture.Symbol },
            FeedEvent.Parser);
        Assert.Equal(
            (second.Receipt.Index, 0u), ((await past.ReadAsync()) is var next ? (next.Index, next.Seq) : default));
    }

    [Fact]
    public async Task Bad_streams_are_refused()
    {
        async Task<string> Refused<T>(
            string method, Google.Protobuf.IMessage request, Google.Protobuf.MessageParser<T> parser)
            where T : class, Google.Protobuf.IMessage<T>
        {
            await using var stream = await node.Client.OpenAsync(method, request, parser);
            var (status, trailers) = await stream.EndAsync();
            return $"{status} {trailers["rb-code"]}";
        }

        Assert.Equal("InvalidArgument missing_field", await Refused(Book, new StreamBookRequest(), BookUpdate.Parser));
        Assert.Equal("NotFound not_found", await Refused(
            Book, new StreamBookRequest { Instrument = "NONE" }, BookUpdate.Parser));
        Assert.Equal("InvalidArgument invalid_field", await Refused(
            Book, new StreamBookRequest { Instrument = GrpcFixture.Symbol, Depth = 5_000 }, BookUpdate.Parser));
        Assert.Equal("InvalidArgument invalid_field", await Refused(
            Events, new StreamEventsRequest { Types_ = { "nothing" } }, FeedEvent.Parser));
        Assert.Equal("InvalidArgument invalid_field", await Refused(
            Events, new StreamEventsRequest { AccountId = "?" }, FeedEvent.Parser));
        Assert.Equal("NotFound not_found", await Refused(
            Events, new StreamEventsRequest { Instrument = "NONE" }, FeedEvent.Parser));
    }
}
