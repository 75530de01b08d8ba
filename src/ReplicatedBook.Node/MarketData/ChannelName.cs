namespace ReplicatedBook.Node.MarketData;

/// <summary>A channel's name taken apart: <c>kind:subject?query</c>.</summary>
/// <param name="Kind">Before the first colon.</param>
/// <param name="Subject">A symbol or an id; empty for none.</param>
/// <param name="Query">From the question mark on; empty for none.</param>
internal readonly record struct ChannelName(string Kind, string Subject, string Query)
{
    /// <summary>Longest name that is looked at.</summary>
    public const int MaxLength = 256;

    public static ChannelName Parse(string name)
    {
        var question = name.IndexOf('?');
        var (path, query) = question < 0 ? (name, "") : (name[..question], name[question..]);
        var colon = path.IndexOf(':');
        return colon < 0
            ? new ChannelName(path, "", query)
            : new ChannelName(path[..colon], path[(colon + 1)..], query);
    }
}
