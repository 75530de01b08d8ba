using System.Net;
using Microsoft.Extensions.Logging;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Peers;
using ReplicatedBook.Node.Tests.Gateway.Admission;
using ReplicatedBook.Node.Tests.Metrics;

namespace ReplicatedBook.Node.Tests.Peers;

/// <summary>Goal: who is refused again and again fills neither the log nor the memory. Method: a clock that the test
/// moves, and a logger that keeps its lines.</summary>
public sealed class PeerRefusalsTests : IDisposable
{
    private static readonly PeerRefusedException Expired = new(PeerRefusal.Expired, "too old");
    private static readonly PeerRefusedException Foreign = new(PeerRefusal.ForeignAuthority, "unknown");

    private readonly NodeMeter _meter = new();
    private readonly ManualTime _time = new();
    private readonly KeptLines _lines = new();
    private readonly MetricsExporter _exporter;
    private readonly PeerRefusals _refusals;

    public PeerRefusalsTests()
    {
        _exporter = new MetricsExporter(_meter.Meter);
        _refusals = new PeerRefusals(_meter, _time, _lines);
    }

    [Fact]
    public void Each_is_counted_and_told_once_a_minute()
    {
        var address = new IPEndPoint(IPAddress.Parse("10.0.0.9"), 5);
        for (var i = 0; i < 100; i++)
        {
            _refusals.Incoming(address, Expired);
            _refusals.Incoming(address, Foreign);
            _refusals.Outgoing(new PeerAddress(new NodeId("n2"), "host", 8301), Expired);
        }

        Assert.Equal(3, _lines.Lines.Count);
        Assert.Contains("10.0.0.9", _lines.Lines[0], StringComparison.Ordinal);
        Assert.Contains("n2", _lines.Lines[2], StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(61));
        _refusals.Incoming(address, Expired);
        Assert.Equal(4, _lines.Lines.Count);
        var scraped = ScrapedMetrics.Parse(_exporter.Scrape());
        Assert.Equal(101, scraped.Of("""rb_peer_refusals_total{direction="incoming",reason="expired"}"""));
        Assert.Equal(100, scraped.Of("""rb_peer_refusals_total{direction="outgoing",reason="expired"}"""));
    }

    [Fact]
    public void Many_strangers_do_not_hide_the_next()
    {
        for (var i = 0; i < 5_000; i++)
        {
            _refusals.Incoming(new IPEndPoint(new IPAddress(i), 5), Expired);
        }

        Assert.Equal(5_000, _lines.Lines.Count);
    }

    public void Dispose()
    {
        _exporter.Dispose();
        _meter.Dispose();
    }

    private sealed class KeptLines : ILogger<PeerRefusals>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
