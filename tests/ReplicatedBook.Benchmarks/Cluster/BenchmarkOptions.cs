using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Options of one run: <c>--name value</c> pairs.</summary>
internal sealed class BenchmarkOptions
{
    private readonly Dictionary<string, string> _values = [];

    private BenchmarkOptions()
    {
    }

    /// <summary>Reads the options; null when they are not understood or help is asked for, after showing it.</summary>
    public static BenchmarkOptions? Read(string[] arguments, string help, params string[] known)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (!known.Contains(arguments[i]) || i + 1 == arguments.Length)
            {
                Console.Error.WriteLine(help);
                return null;
            }

            options._values[arguments[i]] = arguments[i + 1];
        }

        return options;
    }

    public int Number(string name, int otherwise) =>
        _values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public IReadOnlyList<Uri>? Endpoints(string name) => _values.TryGetValue(name, out var text)
        ? [.. text.Split(',').Select(part => new Uri(part.TrimEnd('/') + "/"))]
        : null;
}
