using System.Globalization;

namespace ReplicatedBook.Client;

/// <summary>How fresh a read must be (API.md 1.3). The default is strong: linearizable.</summary>
/// <param name="IsWeak">From the asked node's own state, at once.</param>
/// <param name="MinIndex">With weak: not before this node has applied it; null for none.</param>
/// <param name="AtIndex">The answer as of that log index; null for now.</param>
public sealed record ReadOptions(bool IsWeak = false, long? MinIndex = null, long? AtIndex = null)
{
    /// <summary>Linearizable.</summary>
    public static ReadOptions Strong { get; } = new();

    /// <summary>Whatever the asked node has.</summary>
    public static ReadOptions Weak { get; } = new(IsWeak: true);

    /// <summary>From any node, but including all up to an index: read-your-writes without asking the leader.</summary>
    public static ReadOptions Since(long index) => new(IsWeak: true, MinIndex: index);

    /// <summary>A route with these as its query.</summary>
    internal string On(string path)
    {
        var query = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var text = $"{path}{query}consistency={(IsWeak ? "weak" : "strong")}";
        text += MinIndex is { } min ? string.Create(CultureInfo.InvariantCulture, $"&min_index={min}") : string.Empty;
        return AtIndex is { } at ? string.Create(CultureInfo.InvariantCulture, $"{text}&at_index={at}") : text;
    }
}
