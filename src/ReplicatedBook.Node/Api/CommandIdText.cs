using System.Globalization;

namespace ReplicatedBook.Node.Api;

/// <summary>Names of commands: <c>c{index}.{term}</c>, the place that the leader gave it in its log.</summary>
internal static class CommandIdText
{
    public static string Of(long index, long term) => string.Create(CultureInfo.InvariantCulture, $"c{index}.{term}");

    /// <summary>Null for a text that names no command.</summary>
    public static (long Index, long Term)? Parse(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return text.Length > 0 && text[0] == 'c' && point > 0
            && IdText.ToNumber(text.AsSpan(1, point - 1)) is { } index
            && IdText.ToNumber(text.AsSpan(point + 1)) is { } term
            ? (index, term)
            : null;
    }
}
