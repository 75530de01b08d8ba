using ReplicatedBook.Node.Api.Http;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Metrics;

/// <summary>What is measured by looking at the node's parts whenever somebody asks.</summary>
internal sealed class NodeGauges(
    NodeMeter meter, IReplicatedLog log, EventHistory feed, PasswordHashing hashing, FeedReader streams,
    FollowerCounts followers, LineFeeds lines, LineHandler connections)
{
    /// <summary>Begins to measure; to be called once.</summary>
    public void Register()
    {
        ReplicaGauges.Register(meter.Meter, log);
        ProcessGauges.Register(meter.Meter);
        FeedGauges.Register(meter.Meter, feed);
        PasswordGauges.Register(meter.Meter, hashing);
        meter.Meter.CreateObservableGauge(
            "rb_feed_subscribers",
            () => streams.Subscribers().Append(lines.Subscribers()).Concat(followers.Measure()), null,
            "Open streams of the event feed, and followed channels, by transport.");
        meter.Meter.CreateObservableGauge(
            "rb_tcp_connections", () => connections.Open, null, "Open connections of the line protocol.");
    }
}
