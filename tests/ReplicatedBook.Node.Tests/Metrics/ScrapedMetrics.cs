using System.Globalization;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Tests.Metrics;

/// <summary>A scrape, read back as strictly as the text format allows.</summary>
internal sealed partial class ScrapedMetrics
{
    private static readonly string[] OfHistograms = ["_bucket", "_sum", "_count"];

    private readonly Dictionary<string, string> _types = [];
    private readonly Dictionary<string, double> _samples = [];

    private ScrapedMetrics()
    {
    }

    /// <summary>Type by name of the family.</summary>
    public IReadOnlyDictionary<string, string> Types => _types;

    /// <summary>Value by name and labels, as they stand in the text.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    /// <summary>Reads a text; every line must be help, type or a sample of the family above it.</summary>
    public static ScrapedMetrics Parse(string text)
    {
        var read = new ScrapedMetrics();
        var (helped, family) = ("", "");
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text[..^1].Split('\n'))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
            {
                helped = line.Split(' ')[2];
            }
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                family = line.Split(' ')[2];
                Assert.Equal(helped, family);
                read._types.Add(family, line.Split(' ')[3]);
            }
            else
            {
                read.Add(family, line);
            }
        }

        return read;
    }

    /// <summary>Value of one sample.</summary>
    /// <param name="name">Name and labels.</param>
    public double Of(string name) => _samples.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException($"no {name} in\n{string.Join('\n', _samples.Keys)}");

    private void Add(string family, string line)
    {
        var sample = Sample().Match(line);
        Assert.True(sample.Success, $"no sample: {line}");
        var name = sample.Groups[1].Value;
        var expected = _types[family] == "histogram"
            ? OfHistograms.Select(suffix => family + suffix)
            : [family];
        Assert.Contains(name, expected);
        _samples.Add(name + sample.Groups[2].Value, Number(sample.Groups[3].Value));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("""
        ^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*",?)+\})? (\S+)$
        """)]
    private static partial Regex Sample();
}
