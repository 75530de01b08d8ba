using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using Kind = ReplicatedBook.Contracts.Grpc.BookUpdate.Types.Kind;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>Books as snapshots and changes. The next update is taken when the last one has left, so a client that reads
/// slowly holds a place and not a queue.</summary>
internal sealed class BookStream(
    BookStreams books, Lookup lookup, FollowerCounts followers, IHostApplicationLifetime lifetime)
{
    private const uint MaxDepth = 1_000;
    private const uint MaxIntervalMs = 1_000;

    /// <summary>Streams until the client goes.</summary>
    public async Task<GrpcStatus> RunAsync(GrpcCall call, StreamBookRequest request)
    {
        var defect = request.Instrument.Length == 0 ? GrpcStatus.Missing("instrument")
            : request.Depth > MaxDepth ? GrpcStatus.Invalid("depth", $"is 0 to {MaxDepth}")
            : request.IntervalMs > MaxIntervalMs ? GrpcStatus.Invalid("interval_ms", $"is 0 to {MaxIntervalMs}")
            : request.FromIndex > Reads.MaxIndex ? GrpcStatus.Invalid("from_index", "is no index")
            : null;
        if (defect is not null)
        {
            return defect;
        }

        var found = await lookup.InstrumentAsync(request.Instrument, Gateway.ReadOptions.Strong.Timeout);
        if (found.Value is not { } terms)
        {
            return GrpcStatus.Of(Problems.Of(found.Failure!));
        }

        using var counted = followers.Enter(GrpcApi.Transport);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            call.Cancellation, lifetime.ApplicationStopping);
        try
        {
            var updates = books.FollowAsync(
                terms, (int)request.Depth, TimeSpan.FromMilliseconds(request.IntervalMs),
                request.FromIndex == 0 ? null : (long)request.FromIndex, ended.Token);
            await foreach (var update in updates)
            {
                await call.SendAsync(Of(update));
            }
        }
        catch (ChannelEndedException)
        {
            // The node's part has ended, as below.
        }
        catch (OperationCanceledException) when (!call.Cancellation.IsCancellationRequested)
        {
            // The node stops, as below.
        }

        return GrpcStatus.Of(Problems.Of(SubmissionEnding.ShuttingDown));
    }

    private static Contracts.Grpc.BookUpdate Of(MarketData.BookUpdate update) => new()
    {
        Kind = update.Kind switch
        {
            BookUpdateKind.Snapshot => Kind.Snapshot,
            BookUpdateKind.Delta => Kind.Delta,
            _ => Kind.Overrun,
        },
        Index = (ulong)update.Index,
        PrevIndex = (ulong)update.PrevIndex,
        Bids = { update.Bids.Select(Of) },
        Asks = { update.Asks.Select(Of) },
        Checksum = update.Checksum,
    };

    private static BookLevel Of(BookLine line) => new()
    {
        PriceTicks = line.Price.Ticks,
        QtyLots = line.Quantity.Lots,
        Orders = (uint)line.Orders,
    };
}
