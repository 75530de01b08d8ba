using System.Globalization;
using System.Text;

namespace ReplicatedBook.Node.Metrics;

/// <summary>All series of one name. Finding a series that is there takes no lock and allocates nothing.</summary>
/// <param name="name">As in the text.</param>
/// <param name="help">For people; one line or more.</param>
/// <param name="kind">Its type.</param>
/// <param name="bounds">Upper bounds of a histogram's buckets; empty for other kinds.</param>
/// <param name="isObserved">Whether its values are asked for at every scrape instead of being added up.</param>
internal sealed class MetricFamily(
    string name, string help, MetricKind kind, double[] bounds, bool isObserved)
{
    /// <summary>Most series of a family. A label that turns out to have more values must not fill the memory here and
    /// in Prometheus.</summary>
    public const int MaxSeries = 1_000;

    /// <summary>Label value of the one series that takes all that comes beyond the cap.</summary>
    public const string Other = "_other";

    private const int TableSize = 256;

    private readonly MetricSeries?[] _table = new MetricSeries?[TableSize];
    private readonly List<MetricSeries> _series = [];
    private readonly Lock _adding = new();
    private MetricSeries? _other;

    public string Name => name;

    public string Help => help;

    public MetricKind Kind => kind;

    public double[] Bounds => bounds;

    /// <summary>A measurement.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = SeriesOf(tags);
        if (kind == MetricKind.Histogram)
        {
            series.Observe(value);
        }
        else if (!isObserved)
        {
            series.Add(value);
        }
        else
        {
            // Two measurements of one series in one scrape can only be the series of all others: its sum is right then.
            series.Set(series.IsSeen ? series.Value + value : value);
            series.IsSeen = true;
        }
    }

    /// <summary>Makes the series without labels, so that it is shown before anything is measured.</summary>
    public void ShowAtZero() => SeriesOf([]);

    /// <summary>Forgets what was observed at the last scrape; what is not measured again is not shown.</summary>
    public void BeginScrape()
    {
        if (!isObserved)
        {
            return;
        }

        lock (_adding)
        {
            foreach (var series in _series)
            {
                series.IsSeen = false;
            }
        }
    }

    /// <summary>The series to show, in order of their labels.</summary>
    public IReadOnlyList<MetricSeries> Shown()
    {
        lock (_adding)
        {
            return [.. _series.Where(series => series.IsSeen).OrderBy(series => series.Labels, StringComparer.Ordinal)];
        }
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        ref var head = ref _table[Hash(tags) % TableSize];
        return Find(Volatile.Read(ref head), tags) ?? AddSeries(ref head, tags);
    }

    private MetricSeries AddSeries(ref MetricSeries? head, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_adding)
        {
            if (Find(head, tags) is { } found)
            {
                return found; // Another thread was faster.
            }

            if (_series.Count >= MaxSeries)
            {
                _other ??= AddOther(tags);
                return _other;
            }

            var values = new object?[tags.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = tags[i].Value;
            }

            var series = new MetricSeries(values, LabelsOf(tags, value: null), bounds)
            {
                Next = head,
                IsSeen = !isObserved,
            };
            _series.Add(series);
            Volatile.Write(ref head, series);
            return series;
        }
    }

    private MetricSeries AddOther(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = new MetricSeries([], LabelsOf(tags, Other), bounds) { IsSeen = !isObserved };
        _series.Add(series);
        return series;
    }

    private static MetricSeries? Find(MetricSeries? series, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        while (series is not null && !Fits(series.Values, tags))
        {
            series = series.Next;
        }

        return series;
    }

    private static bool Fits(object?[] values, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (values.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!ReferenceEquals(values[i], tags[i].Value) && !Equals(values[i], tags[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    // Equal values must meet, so their own hash is taken; names of labels never differ within a family.
    private static uint Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = 17u;
        foreach (var tag in tags)
        {
            hash = (hash * 31) + (uint)(tag.Value?.GetHashCode() ?? 0);
        }

        return hash ^ (hash >> 16);
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags, string? value)
    {
        var text = new StringBuilder();
        foreach (var tag in tags)
        {
            text.Append(text.Length > 0 ? "," : "").Append(PrometheusName.OfLabel(tag.Key)).Append("=\"");
            PrometheusText.EscapeLabel(
                text, value ?? Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? string.Empty);
            text.Append('"');
        }

        return text.ToString();
    }
}
