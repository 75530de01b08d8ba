using System.Diagnostics.Metrics;

namespace ReplicatedBook.Node.Metrics;

/// <summary>Names as Prometheus wants them: ours are so already, those of the runtime (<c>dotnet.gc.pause.time</c>) are
/// turned into its form.</summary>
internal static class PrometheusName
{
    private const string Total = "_total";

    /// <summary>Name of an instrument's family.</summary>
    /// <param name="instrument">An instrument with or without a unit.</param>
    /// <param name="kind">What it becomes; counters end in <c>_total</c> and nothing else does.</param>
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = instrument.Name;
        if (name.Contains('.', StringComparison.Ordinal))
        {
            name = WithUnit(OfLabel(name), instrument.Unit);
        }

        return kind == MetricKind.Counter && !name.EndsWith(Total, StringComparison.Ordinal) ? name + Total : name;
    }

    /// <summary>Name of a label: dots become underscores, as nothing but letters, digits and underscores is
    /// allowed.</summary>
    public static string OfLabel(string name)
    {
        Span<char> characters = stackalloc char[name.Length];
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = char.IsAsciiLetterOrDigit(name[i]) ? name[i] : '_';
        }

        return new string(characters);
    }

    /// <summary>Units stand at the end of a name. What is counted stands in braces, and a name that ends in "count" is
    /// kept for histograms: thread_count becomes threads.</summary>
    private static string WithUnit(string name, string? unit)
    {
        const string Count = "_count";
        return unit switch
        {
            "s" => name + "_seconds",
            "By" => name + "_bytes",
            _ when name.EndsWith(Count, StringComparison.Ordinal) => Plural(name[..^Count.Length]),
            _ => name,
        };
    }

    private static string Plural(string name) =>
        name.EndsWith('y') ? string.Concat(name.AsSpan(0, name.Length - 1), "ies") : name + "s";
}
