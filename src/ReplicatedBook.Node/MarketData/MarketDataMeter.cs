using System.Diagnostics.Metrics;
using ReplicatedBook.Node.Metrics;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Counts what becomes of followers. Safe from any thread.</summary>
internal sealed class MarketDataMeter
{
    /// <summary>The event feed, over whichever transport it is read.</summary>
    public const string Feed = "feed";

    private readonly Counter<long> _overruns;

    public MarketDataMeter(NodeMeter meter) => _overruns = meter.Meter.CreateCounter<long>(
        "rb_ws_overruns", null, "Followers of market data whose place was lost, by kind of channel.");

    /// <summary>A follower has lost its place.</summary>
    /// <param name="channel">Kind of the channel.</param>
    public void Overrun(string channel) =>
        _overruns.Add(1, new KeyValuePair<string, object?>("channel", channel));
}
