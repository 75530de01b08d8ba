using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Opens the event feed and the state of the cluster as channels. Safe from any thread.</summary>
internal sealed class FeedChannels(
    FeedFilters filters, EventHistory history, Catalog catalog, IReplicatedLog log, MarketWait wait,
    MarketDataMeter meter, ClusterReports reports)
{
    /// <summary>Opens one.</summary>
    /// <returns>Null when there is none of that kind.</returns>
    public async ValueTask<Opened?> OpenAsync(ChannelName name, QueryReader query, ChannelReader reader)
    {
        if (name.Subject.Length > 0 || name.Kind is not ("feed" or "cluster"))
        {
            return default(Opened?);
        }

        var policy = name.Kind == "feed" ? RoutePolicy.User : RoutePolicy.OperatorOrAuditor;
        if (ChannelAccess.Refuse(policy, reader.Caller) is { } refusal)
        {
            return refusal;
        }

        var guard = new ChannelGuard(policy, reader);
        return name.Kind == "feed" ? await OpenFeedAsync(query, reader.Caller, guard)
            : query.Finish() is { } defect ? defect
            : Opened.As(new ClusterChannel(reports, wait.Time, guard));
    }

    private async ValueTask<Opened> OpenFeedAsync(QueryReader query, Caller caller, ChannelGuard guard)
    {
        var defects = new Defects();
        var selection = FeedSelection.Read(query, defects);
        if ((query.Finish() ?? defects.ToProblem()) is { } defect)
        {
            return defect;
        }

        var (filter, refusal) = await filters.ForAsync(selection, caller);
        return filter is null
            ? refusal!
            : Opened.As(new FeedChannel(filter, history, catalog, log, wait, meter, guard));
    }
}
