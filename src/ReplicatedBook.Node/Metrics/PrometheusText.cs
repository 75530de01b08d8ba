using System.Globalization;
using System.Text;

namespace ReplicatedBook.Node.Metrics;

/// <summary>Families in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes a family: what it is, then its series.</summary>
    public static void Write(StringBuilder text, MetricFamily family)
    {
        text.Append("# HELP ").Append(family.Name).Append(' ');
        EscapeHelp(text, family.Help);
        text.Append("\n# TYPE ").Append(family.Name).Append(' ').Append(TypeOf(family.Kind)).Append('\n');
        foreach (var series in family.Shown())
        {
            if (family.Kind == MetricKind.Histogram)
            {
                WriteHistogram(text, family, series);
            }
            else
            {
                WriteSample(text, family.Name, series.Labels, Number(series.Value));
            }
        }
    }

    /// <summary>A label's value within its quotes.</summary>
    public static void EscapeLabel(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(character),
            };
        }
    }

    private static void EscapeHelp(StringBuilder text, string help)
    {
        foreach (var character in help)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '\n' => text.Append(@"\n"),
                _ => text.Append(character),
            };
        }
    }

    private static void WriteHistogram(StringBuilder text, MetricFamily family, MetricSeries series)
    {
        var (cumulative, sum) = series.Read();
        var before = series.Labels.Length > 0 ? series.Labels + "," : series.Labels;
        for (var i = 0; i < cumulative.Length; i++)
        {
            var bound = i < family.Bounds.Length ? Number(family.Bounds[i]) : "+Inf";
            WriteSample(text, family.Name + "_bucket", $"{before}le=\"{bound}\"", Number(cumulative[i]));
        }

        WriteSample(text, family.Name + "_sum", series.Labels, Number(sum));
        WriteSample(text, family.Name + "_count", series.Labels, Number(cumulative[^1]));
    }

    private static void WriteSample(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
