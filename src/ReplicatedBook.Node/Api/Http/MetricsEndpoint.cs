using System.Text;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Api.Tcp;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Security.Passwords;
using ReplicatedBook.Replication;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What this node measures, for Prometheus (API.md 8).</summary>
internal sealed class MetricsEndpoint
{
    private readonly MetricsExporter _exporter;
    private readonly MarketGauges _market;
    private readonly Answers _answers;

    public MetricsEndpoint(
        NodeMeter meter, MetricsExporter exporter, MarketGauges market, FeedReader streams, FollowerCounts followers,
        LineFeeds lines, LineHandler connections, EventHistory feed, PasswordHashing hashing, IReplicatedLog log,
        Answers answers)
    {
        _exporter = exporter;
        _market = market;
        _answers = answers;
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

    public void Map(IEndpointRouteBuilder root) =>
        root.MapGet("/metrics", (RequestDelegate)GetAsync).For(RoutePolicy.Unlimited).DescribeText(
            "GetMetrics", "What this node measures, in Prometheus' text format.", RouteContract.Plain());

    private async Task GetAsync(HttpContext http)
    {
        if (_answers.Refuse(http, new QueryReader(http.Request).Finish()))
        {
            return;
        }

        await _market.RefreshAsync(http.RequestAborted);
        var bytes = Encoding.UTF8.GetBytes(_exporter.Scrape());
        http.Response.ContentType = PrometheusText.ContentType;
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
    }
}
