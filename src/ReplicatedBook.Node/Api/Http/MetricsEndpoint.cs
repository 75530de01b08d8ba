using System.Text;
using ReplicatedBook.Node.Api.Http.Parameters;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>What this node measures, for Prometheus (API.md 8).</summary>
internal sealed class MetricsEndpoint
{
    private readonly MetricsExporter _exporter;
    private readonly MarketGauges _market;
    private readonly Answers _answers;

    public MetricsEndpoint(NodeGauges gauges, MetricsExporter exporter, MarketGauges market, Answers answers)
    {
        (_exporter, _market, _answers) = (exporter, market, answers);
        gauges.Register();
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
