using System.Collections.Frozen;
using System.Text.Json;
using ReplicatedBook.Contracts.Grpc;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Grpc.Protocol;
using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication.Feed;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace ReplicatedBook.Node.Api.Grpc.Services;

/// <summary>The event feed as a stream.</summary>
internal sealed class FeedService(
    EventHistory history, FeedReader reader, FeedFilters filters, Catalog catalog, GrpcGate gate,
    FollowerCounts followers, IHostApplicationLifetime lifetime) : IGrpcService
{
    private static readonly ServiceDescriptor Service =
        FeedReflection.Descriptor.FindTypeByName<ServiceDescriptor>("Feed");

    /// <inheritdoc/>
    public IEnumerable<GrpcMethod> Methods =>
    [
        GrpcMethod.ServerStream(
            Service, "StreamEvents", GrpcAccess.Of(RoutePolicy.User), StreamEventsRequest.Parser, RunAsync),
    ];

    private async Task<GrpcStatus> RunAsync(GrpcCall call, StreamEventsRequest request)
    {
        if (request.FromIndex > Reads.MaxIndex)
        {
            return GrpcStatus.Invalid("from_index", "is no index");
        }

        if (request.Types_.FirstOrDefault(type => !FeedFilter.IsKnown(type)) is not null)
        {
            return GrpcStatus.Invalid("types", "must be types of events");
        }

        var defects = new Defects();
        AccountId? account = request.AccountId.Length == 0
            ? null
            : OrderBinder.Account(request.AccountId, "account_id", defects);
        if (defects.ToProblem() is { } defect)
        {
            return GrpcStatus.Of(defect);
        }

        var selection = new FeedSelection(
            request.Types_.Count == 0 ? null : request.Types_.ToFrozenSet(), OrderRequests.OrNull(request.Instrument),
            account);
        var (filter, refusal) = await filters.ForAsync(selection, call.Http.Caller());
        if (refusal is not null)
        {
            return GrpcStatus.Of(refusal);
        }

        if (!reader.TryEnter(null))
        {
            return GrpcStatus.Of(FeedStreams.TooMany);
        }

        using var counted = followers.Enter(GrpcApi.Transport);
        try
        {
            var from = request.FromIndex == 0 ? history.HeadIndex + 1 : (long)request.FromIndex;
            return await StreamAsync(call, new FeedItems(filter!, catalog), from);
        }
        finally
        {
            reader.Leave(null);
        }
    }

    private async Task<GrpcStatus> StreamAsync(GrpcCall call, FeedItems items, long from)
    {
        GrpcStatus? withdrawn = null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(
            call.Cancellation, lifetime.ApplicationStopping);
        try
        {
            await call.Output.FlushAsync(ended.Token); // So that the client knows from where on it hears all.
            await foreach (var step in reader.FollowAsync(items, from, -1, MayGoOnAsync, ended.Token))
            {
                if (step.IsOverrun)
                {
                    return GrpcStatus.Of(FeedStreams.Refusal(default, history));
                }

                foreach (var item in step.Items)
                {
                    call.Write(Of(item));
                }

                await call.Output.FlushAsync(ended.Token);
            }
        }
        catch (OperationCanceledException) when (!call.Cancellation.IsCancellationRequested)
        {
            // The node stops, as below.
        }

        return withdrawn ?? GrpcStatus.Of(Problems.Of(SubmissionEnding.ShuttingDown));

        async ValueTask<bool> MayGoOnAsync() =>
            (withdrawn = await gate.RefuseNowAsync(call, RoutePolicy.User)) is null;
    }

    private static FeedEvent Of(in FeedJson json)
    {
        var item = JsonSerializer.Deserialize(json.Json.Span, ResponseJson.Default.FeedItem)!;
        return new FeedEvent
        {
            Index = (ulong)item.Index,
            Seq = (uint)item.Seq,
            Term = (ulong)item.Term,
            TimeUs = OrderReplies.Time(item.Time),
            Type = item.Type,
            MarketId = item.MarketId ?? "",
            MarketSeq = (ulong)(item.MarketSeq ?? 0),
            Data = item.Data.GetRawText(),
        };
    }
}
