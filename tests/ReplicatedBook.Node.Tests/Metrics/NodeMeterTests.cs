using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Metrics;

public sealed class NodeMeterTests : IDisposable
{
    private readonly NodeMeter _meter = new();
    private readonly MetricsExporter _exporter;

    public NodeMeterTests() => _exporter = new MetricsExporter(_meter.Meter);

    [Fact]
    public void A_request_and_a_command_are_measured_without_allocating()
    {
        const int Rounds = 1_000;
        var http = new DefaultHttpContext { Response = { StatusCode = 201 } };
        var submission = new Submission(SubmissionEnding.NoLeader, null, null, false);
        Measure(http, submission);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Rounds; i++)
        {
            Measure(http, submission);
        }

        // Less than one object in ten rounds: the collector's own book-keeping may show up here.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rounds * 2);
    }

    [Fact]
    public void Nothing_that_a_client_makes_up_becomes_a_label()
    {
        var http = new DefaultHttpContext
        {
            Request = { Method = "INVENTED", Path = "/invented" },
            Response = { StatusCode = 404 },
        };

        _meter.RequestAnswered(http, Stopwatch.GetTimestamp());
        var text = _exporter.Scrape();

        Assert.DoesNotContain("INVENTED", text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, ScrapedMetrics.Parse(text).Of(
            "rb_http_request_seconds_count{method=\"none\",route=\"none\",code=\"404\"}"));
    }

    [Fact]
    public void A_command_is_counted_by_kind_and_by_how_it_ended()
    {
        _meter.CommandEnded(CommandKind.PlaceOrder, new Submission(SubmissionEnding.Unknown, null, null, false));
        _meter.CommandEnded(null, new Submission(SubmissionEnding.Overloaded, null, null, false));

        var scraped = ScrapedMetrics.Parse(_exporter.Scrape());

        Assert.Equal(1, scraped.Of("rb_commands_total{type=\"place_order\",outcome=\"unknown\"}"));
        Assert.Equal(1, scraped.Of("rb_commands_total{type=\"unknown\",outcome=\"not_executed\"}"));
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    private void Measure(HttpContext http, Submission submission)
    {
        _meter.RequestAnswered(http, Stopwatch.GetTimestamp());
        _meter.CommandEnded(CommandKind.PlaceOrder, submission);
        _meter.CommandPassed(CommandStage.Queue, TimeSpan.FromMicroseconds(30));
        _meter.LogSynced(TimeSpan.FromMicroseconds(700));
        _meter.Appended(TimeSpan.FromMicroseconds(900));
    }
}
