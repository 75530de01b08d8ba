using System.Globalization;

namespace ReplicatedBook.Benchmarks.Cluster.Sessions;

/// <summary>Every way in, measured alike: one order at a time, as much as goes, and fixed rates.</summary>
internal sealed class TransportBenchmark
{
    private const int Many = 64;
    private const int Window = 64;
    private const int HttpConnections = 512; // One order each; what is due beyond them waits at the client.
    private const int Syncs = 500;
    private const double Kept = 0.95; // Share of a rate below which no higher one is tried.
    private const double SessionsMust = 100_000;
    private const string DefaultRates = "500,1000,2000,5000,10000,20000,40000,80000";

    private readonly NodeCluster _cluster;
    private readonly LoadMarket _market;
    private readonly TimeSpan _warmUp;
    private readonly TimeSpan _measured;
    private readonly List<Transport> _transports;
    private readonly HashSet<string> _wanted;
    private readonly string _leader;
    private readonly List<double> _rates;

    public TransportBenchmark(
        NodeCluster cluster, string leader, LoadMarket market, TimeSpan warmUp, TimeSpan measured,
        BenchmarkOptions options)
    {
        (_cluster, _leader, _market, _warmUp, _measured) = (cluster, leader, market, warmUp, measured);
        _wanted = [.. options.Text("--transports", "http,ws,grpc,tcp").Split(',')];
        _rates = [.. options.Text("--rates", DefaultRates).Split(',')
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        _transports = [.. new[]
        {
            Transport.WebSocket(cluster.Socket(leader)), Transport.Grpc(cluster.GrpcSocket(leader)),
            Transport.Lines(cluster.LineSocket(leader)),
        }.Where(transport => _wanted.Contains(transport.Name))];
    }

    /// <summary>One session with one order at a time, beside what the disk alone takes; and 64 with as many under way
    /// as it takes to keep the nodes busy.</summary>
    public IEnumerable<(string What, LoadResult Load, double? Must, string Note)> Sessions()
    {
        var disk = DiskClock.Measure(Syncs).Percentile(0.5).TotalMilliseconds;
        foreach (var transport in _transports)
        {
            var rows = RowsOf(transport);
            var single = rows.OneByOne();
            var above = single.Latency.Percentile(0.5).TotalMilliseconds - disk;
            yield return ($"{transport.Name}: 1 session, 1 order at a time", single, null, string.Create(
                CultureInfo.InvariantCulture,
                $"p50 is {above:0.00} ms above the {disk:0.00} ms of fdatasync (must: at most 1)"));
            yield return (
                $"{transport.Name}: {Many} sessions, {Window} orders each", rows.Most(Many, Window),
                transport.Name == "grpc" ? SessionsMust : null, "");
        }

        if (_wanted.Contains("grpc"))
        {
            var followers = Transport.Grpc(
                [.. _cluster.Names.Where(name => name != _leader).Select(_cluster.GrpcSocket)]);
            yield return (
                $"grpc: {Many} sessions, {Window} orders each, to followers", RowsOf(followers).Most(Many, Window),
                null, "");
        }
    }

    /// <summary>Fixed rates from low to high, until one is no longer kept.</summary>
    public IEnumerable<(string Transport, double Asked, LoadResult Load)> Rates()
    {
        if (_wanted.Contains("http"))
        {
            var http = new HttpRows(_market, _cluster.Pids, _warmUp, _measured);
            foreach (var line in Climb("http", rate =>
                http.OrdersAtRate(HttpConnections, rate, _cluster.Socket(_leader))))
            {
                yield return line;
            }
        }

        foreach (var transport in _transports)
        {
            foreach (var line in Climb(transport.Name, rate => RowsOf(transport).AtRate(Many, rate)))
            {
                yield return line;
            }
        }
    }

    private IEnumerable<(string Transport, double Asked, LoadResult Load)> Climb(
        string name, Func<double, LoadResult> run)
    {
        foreach (var rate in _rates)
        {
            var load = run(rate);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name} at {rate:0}/s: {load.PerSecond:0}/s"));
            yield return (name, rate, load);
            if (load.PerSecond < Kept * rate)
            {
                break;
            }
        }
    }

    private TransportRows RowsOf(Transport transport) => new(transport, _market, _cluster.Pids, _warmUp, _measured);
}
