using System.Text;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Security;
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
        NodeMeter meter, MetricsExporter exporter, MarketGauges market, FeedStreams streams, FollowerCounts followers,
        EventHistory feed, IReplicatedLog log, Answers answers)
    {
        _exporter = exporter;
        _market = market;
        _answers = answers;
        ReplicaGauges.Register(meter.Meter, log);
        ProcessGauges.Register(meter.Meter);
        FeedGauges.Register(meter.Meter, feed);
        meter.Meter.CreateObservableGauge(
            "rb_feed_subscribers", () => streams.Subscribers().Concat(followers.Measure()), null,
            "Open streams of the event feed, and followed channels, by transport.");
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
