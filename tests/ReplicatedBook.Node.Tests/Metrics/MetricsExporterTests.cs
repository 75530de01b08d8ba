using System.Diagnostics.Metrics;
using System.Globalization;
using ReplicatedBook.Node.Metrics;

namespace ReplicatedBook.Node.Tests.Metrics;

/// <summary>Goal: the text is what Prometheus reads. Method: instruments of a meter of the test's own.</summary>
public sealed class MetricsExporterTests : IDisposable
{
    private readonly Meter _meter = new("a test's");
    private readonly MetricsExporter _exporter;

    public MetricsExporterTests() => _exporter = new MetricsExporter(_meter);

    [Fact]
    public void A_histogram_counts_each_value_in_every_bucket_that_holds_it()
    {
        var histogram = _meter.CreateHistogram(
            "rb_wait_seconds", "s", "Waits.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.25, 1] });
        foreach (var value in new[] { 0.001, 0.002, 0.25, 7.5 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("stage", "queue"));
        }

        Assert.Contains(
            """
            # HELP rb_wait_seconds Waits.
            # TYPE rb_wait_seconds histogram
            rb_wait_seconds_bucket{stage="queue",le="0.001"} 1
            rb_wait_seconds_bucket{stage="queue",le="0.25"} 3
            rb_wait_seconds_bucket{stage="queue",le="1"} 3
            rb_wait_seconds_bucket{stage="queue",le="+Inf"} 4
            rb_wait_seconds_sum{stage="queue"} 7.753
            rb_wait_seconds_count{stage="queue"} 4

            """,
            _exporter.Scrape(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_and_help_are_escaped()
    {
        var counter = _meter.CreateCounter<long>("rb_odd", null, "One\\two\nthree \"four\".");
        counter.Add(2, new KeyValuePair<string, object?>("a.b", "x\\y\n\"z\""));

        var text = _exporter.Scrape();

        Assert.Contains("# HELP rb_odd_total One\\\\two\\nthree \"four\".\n", text, StringComparison.Ordinal);
        Assert.Contains("rb_odd_total{a_b=\"x\\\\y\\n\\\"z\\\"\"} 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_observed_no_more_is_shown_no_more()
    {
        var peers = new List<string> { "n2", "n3" };
        _meter.CreateObservableGauge("rb_lag", () => peers.Select((peer, i) => new Measurement<long>(
            10 + i, new KeyValuePair<string, object?>("peer", peer))));

        var first = ScrapedMetrics.Parse(_exporter.Scrape());
        peers.RemoveAt(0);
        var second = ScrapedMetrics.Parse(_exporter.Scrape());

        Assert.Equal((10, 11), (first.Of("rb_lag{peer=\"n2\"}"), first.Of("rb_lag{peer=\"n3\"}")));
        Assert.Equal(10, second.Of("rb_lag{peer=\"n3\"}"));
        Assert.DoesNotContain("rb_lag{peer=\"n2\"}", second.Samples.Keys);
    }

    [Fact]
    public void Beyond_the_cap_all_further_label_values_are_one_series_and_the_total_is_kept()
    {
        const int Beyond = 25;
        var counter = _meter.CreateCounter<long>("rb_added");
        _meter.CreateObservableGauge("rb_seen", () => Enumerable.Range(0, MetricFamily.MaxSeries + Beyond).Select(
            i => new Measurement<long>(1, new KeyValuePair<string, object?>("which", $"{i}"))));
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < MetricFamily.MaxSeries + Beyond; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("which", i.ToString(CultureInfo.InvariantCulture)));
            }

            var scraped = ScrapedMetrics.Parse(_exporter.Scrape());

            Assert.Equal((round + 1) * Beyond, scraped.Of($"rb_added_total{{which=\"{MetricFamily.Other}\"}}"));
            Assert.Equal(Beyond, scraped.Of($"rb_seen{{which=\"{MetricFamily.Other}\"}}"));
            Assert.Equal(
                MetricFamily.MaxSeries + 1, scraped.Samples.Keys.Count(name => name.StartsWith("rb_added_total")));
        }
    }

    [Fact]
    public async Task No_measurement_of_many_threads_is_lost()
    {
        const int Threads = 4, Each = 20_000;
        var counter = _meter.CreateCounter<long>("rb_raced");
        var histogram = _meter.CreateHistogram<double>("rb_raced_seconds");
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("mod", Texts[i % Texts.Length]));
                histogram.Record(0.5);
            }
        })));

        var scraped = ScrapedMetrics.Parse(_exporter.Scrape());

        Assert.Equal(
            Threads * Each, scraped.Samples.Where(sample => sample.Key.StartsWith("rb_raced_total")).Sum(s => s.Value));
        Assert.Equal(Threads * Each, scraped.Of("rb_raced_seconds_count"));
        Assert.Equal(Threads * Each * 0.5, scraped.Of("rb_raced_seconds_sum"));
    }

    [Fact]
    public void Another_meter_of_the_same_name_is_not_heard()
    {
        using var other = new Meter(_meter.Name);
        other.CreateCounter<long>("rb_foreign").Add(1);

        Assert.DoesNotContain("rb_foreign", _exporter.Scrape(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    private static string[] Texts { get; } = ["0", "1", "2"];
}
