using System.Diagnostics.Metrics;
using System.Text;

namespace ReplicatedBook.Node.Metrics;

/// <summary>Listens to meters and shows what they measured as Prometheus' text. Safe from any thread.</summary>
/// <remarks>Several nodes may live in one process, so it listens to one node's meter and to the runtime's, by identity
/// and not by name.</remarks>
internal sealed class MetricsExporter : IDisposable
{
    private const string Runtime = "System.Runtime";

    private static readonly double[] StandardBounds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    // The runtime declares these two as counters, although they fall as well as rise.
    private static readonly string[] FallingCounters =
        ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Lock _scraping = new();
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen; what was measured before is not known.</summary>
    /// <param name="meter">The node's meter.</param>
    public MetricsExporter(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter) || instrument.Meter.Name == Runtime)
            {
                listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
            }
        };
        _listener.SetMeasurementEventCallback<double>(
            static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<long>(
            static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(
            static (_, value, tags, family) => ((MetricFamily)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Asks for all observed values and writes everything, in order of name.</summary>
    public string Scrape()
    {
        lock (_scraping)
        {
            MetricFamily[] families;
            lock (_gate)
            {
                families = [.. _families.Values];
            }

            foreach (var family in families)
            {
                family.BeginScrape();
            }

            _listener.RecordObservableInstruments();
            var text = new StringBuilder(1 << 14);
            foreach (var family in families)
            {
                PrometheusText.Write(text, family);
            }

            return text.ToString();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private MetricFamily FamilyOf(Instrument instrument)
    {
        var kind = KindOf(instrument);
        var name = PrometheusName.Of(instrument, kind);
        lock (_gate)
        {
            if (_families.TryGetValue(name, out var known))
            {
                return known;
            }

            var help = instrument.Description is { Length: > 0 } description ? description : name;
            var bounds = kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
            var family = new MetricFamily(name, help, kind, bounds, instrument.IsObservable);
            _families.Add(name, family);
            if (!instrument.IsObservable && NodeMeter.HasNoLabels(instrument))
            {
                family.ShowAtZero(); // A counter that appears with its first event hides that event from rate().
            }

            return family;
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return definition == typeof(Histogram<>) ? MetricKind.Histogram
            : FallingCounters.Contains(instrument.Name) ? MetricKind.Gauge
            : definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
    }

    private static double[] BoundsOf(Instrument instrument) =>
        (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { } advised
            ? [.. advised]
            : StandardBounds;
}
