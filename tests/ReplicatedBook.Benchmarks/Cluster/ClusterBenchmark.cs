using System.Globalization;
using System.Net;
using ReplicatedBook.Benchmarks.Cluster.Etcd;
using ReplicatedBook.Benchmarks.Cluster.Sessions;
using ReplicatedBook.Client;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Three nodes and the load on one machine, every order on the disks of a majority and matched before it is
/// acknowledged. One table at the end: what was measured, what it must be, and the ratio of the two.</summary>
internal sealed class ClusterBenchmark
{
    private const string Help =
        "usage: cluster [--seconds 10] [--only inside,one,leader,followers,batches,reads,sessions,rates,failover,"
        + "transfer,stop,etcd,overload,flood] [--transports http,ws,grpc,tcp] [--rates 1000,2000,...] "
        + "[--under-way 128] "
        + "[--tls 0|1: between the nodes] [--trials 30] "
        + "[--endpoint a,b,c: HTTP loads on a running cluster, its leader first]";

    private const int Many = 64;
    private const int Batch = 64;
    private const int GapTrials = 10;
    private static readonly TimeSpan FastElection = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    private readonly BenchmarkOptions _options;
    private readonly TimeSpan _measured;
    private readonly List<Row> _rows = [];
    private readonly RateTable _rates = new();
    private readonly HashSet<string> _only;
    private bool _isSound = true;

    private ClusterBenchmark(BenchmarkOptions options)
    {
        _options = options;
        _measured = TimeSpan.FromSeconds(options.Number("--seconds", 10));
        _only = [.. options.Text("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Runs it and prints a table.</summary>
    /// <returns>Exit code: 0, 1 when a request failed, an acknowledged order was not applied or replicas differ, 2 for
    /// usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(
            arguments, Help, "--seconds", "--only", "--tls", "--trials", "--endpoint", "--transports",
            "--rates", "--under-way") is not { } options)
        {
            return 2;
        }

        var benchmark = new ClusterBenchmark(options);
        Console.WriteLine($"{Environment.ProcessorCount} cores, 3 nodes, load on the same machine");
        await benchmark.MeasureAsync();
        Console.WriteLine();
        Row.PrintHeading();
        benchmark._rows.ForEach(row => row.Print());
        benchmark._rates.Print();
        return benchmark._isSound ? 0 : 1;
    }

    private async Task MeasureAsync()
    {
        if (_options.Endpoints("--endpoint") is { } endpoints)
        {
            using var client = new ReplicatedBookClient(endpoints);
            var sockets = endpoints.Select(uri => new IPEndPoint(IPAddress.Parse(uri.Host), uri.Port)).ToArray();
            MeasureHttp(await LoadMarket.CreateAsync(client), [], sockets[0], [.. sockets.Skip(1)]);
            return;
        }

        if (Wants("inside"))
        {
            await MeasureInsideAsync();
        }

        if (Wants("one") || Wants("leader") || Wants("followers") || Wants("batches") || Wants("reads"))
        {
            await MeasureHttpAsync();
        }

        if (Wants("sessions") || Wants("rates"))
        {
            await MeasureTransportsAsync();
        }

        if (Wants("etcd"))
        {
            await MeasureEtcdAsync();
        }

        if (Wants("overload") || Wants("flood"))
        {
            await MeasureOverloadAsync();
        }

        if (Wants("failover"))
        {
            await MeasureFailoverAsync();
        }

        if (Wants("transfer") || Wants("stop"))
        {
            await MeasureGapsAsync();
        }
    }

    private bool IsEncrypted => _options.Number("--tls", 0) != 0;

    private async Task MeasureInsideAsync()
    {
        await using var cluster = await NodeCluster.StartHostedAsync(IsEncrypted);
        var inside = await InsideLoad.CreateAsync(cluster, await LoadMarket.CreateAsync(cluster.Client));
        foreach (var (writers, must) in new[] { (1, 1_200), (Many, 40_000), (256, 80_000) })
        {
            var (before, term) = (cluster.HostedLog.Status.AppliedIndex, cluster.HostedLog.Status.Term);
            var load = await inside.WriteAsync(writers, WarmUp, _measured);
            Require(
                cluster.HostedLog.Status.Term == term,
                $"the lead was lost under way: term {term} became {cluster.HostedLog.Status.Term}");
            Add($"commands inside the leader, {writers} writers", load, must);
            Require(
                cluster.HostedLog.Status.AppliedIndex - before >= load.AllDone, "acknowledged more than was applied");
        }

        Add($"strong reads inside the leader, {Many} callers", await inside.ReadAsync(Many, WarmUp, _measured), 30_000);
        await RequireEqualAsync(cluster);
    }

    private async Task MeasureHttpAsync()
    {
        await using var cluster = await NodeCluster.StartAsync(IsEncrypted);
        var leader = await cluster.LeaderAsync();
        var before = await cluster.WaitEqualAsync();
        var acknowledged = MeasureHttp(
            await LoadMarket.CreateAsync(cluster.Client), cluster.Pids, cluster.Socket(leader),
            [.. cluster.Names.Where(name => name != leader).Select(cluster.Socket)]);
        Require(await cluster.WaitEqualAsync() - before >= acknowledged, "acknowledged more than was applied");
        await RequireEqualAsync(cluster);
    }

    /// <summary>The loads over HTTP.</summary>
    /// <returns>Log entries that were acknowledged.</returns>
    private long MeasureHttp(
        LoadMarket market, IReadOnlyList<int> pids, IPEndPoint leader, IReadOnlyList<IPEndPoint> followers)
    {
        var http = new HttpRows(market, pids, WarmUp, _measured);
        long entries = 0;
        if (Wants("one"))
        {
            entries += Add("orders over HTTP to the leader, 1 connection", http.Orders(1, leader), null).AllDone;
        }

        if (Wants("leader"))
        {
            entries += Add(
                $"orders over HTTP to the leader, {Many} connections", http.Orders(Many, leader), 10_000).AllDone;
        }

        if (Wants("followers") && followers.Count > 0)
        {
            entries += Add(
                $"orders over HTTP to followers, {Many} connections", http.Orders(Many, followers), 6_000).AllDone;
        }

        if (Wants("batches"))
        {
            entries += Add(
                $"orders over HTTP in batches of {Batch}, {Many} connections", http.Batches(Many, Batch, leader),
                60_000).AllDone / Batch;
        }

        if (Wants("reads"))
        {
            Add($"strong reads over HTTP, {Many} connections", http.Reads(Many, leader), 30_000);
        }

        return entries;
    }

    private async Task MeasureTransportsAsync()
    {
        string[] limits = _options.Text("--under-way", "") is { Length: > 0 } most
            ? [$"--Limits:MaxCommandsUnderWay={most}", "--Limits:MaxWaitingCommands=65536"]
            : [];
        await using var cluster = await NodeCluster.StartAsync(IsEncrypted, limits);
        var transports = new TransportBenchmark(
            cluster, await cluster.LeaderAsync(), await LoadMarket.CreateAsync(cluster.Client), WarmUp, _measured,
            _options);
        var before = await cluster.WaitEqualAsync();
        long done = 0;
        if (Wants("sessions"))
        {
            foreach (var (what, load, must, note) in transports.Sessions())
            {
                Require(load.Failed == 0, $"{what}: {load.Failed} orders failed");
                var refused = load.Refusals.Count > 0 ? $"{note} refused {load.Refusals.Count}" : note;
                Add(new Row(what, load.PerSecond, must, Load: load, Note: refused));
                done += load.AllDone;
            }
        }

        if (Wants("rates"))
        {
            foreach (var (name, asked, load) in transports.Rates())
            {
                Require(load.Failed == 0, $"{name} at {asked}/s: {load.Failed} orders failed");
                _rates.Add(name, asked, load);
                done += load.AllDone;
            }
        }

        Require(await cluster.WaitEqualAsync() > before && done > 0, "nothing was applied");
        await RequireEqualAsync(cluster);
    }

    private async Task MeasureEtcdAsync()
    {
        if (EtcdCluster.FindVersion() is not { } version)
        {
            Add(new Row("etcd", null, null, Note: "skipped: etcd is not installed (Debian: etcd-server)"));
            return;
        }

        await using var etcd = await EtcdCluster.StartAsync();
        foreach (var connections in new[] { 1, Many })
        {
            Compare(
                $"{version}: puts, {connections} connections", EtcdRows.Put(etcd, connections, WarmUp, _measured),
                $"orders over HTTP to the leader, {connections} connection");
        }

        Compare(
            $"{version}: linearizable reads, {Many} connections", EtcdRows.Get(etcd, Many, WarmUp, _measured),
            "strong reads over HTTP");
    }

    private async Task MeasureOverloadAsync()
    {
        await using var cluster = await NodeCluster.StartAsync();
        var leader = await cluster.LeaderAsync();
        var rows = new OverloadRows(cluster, cluster.Socket(leader), cluster.Pid(leader), WarmUp, _measured);
        if (Wants("overload"))
        {
            AddAll(await rows.OverloadAsync());
        }

        if (Wants("flood"))
        {
            AddAll(await rows.FloodAsync());
        }

        await RequireEqualAsync(cluster);
    }

    private async Task MeasureFailoverAsync()
    {
        await using var cluster = await NodeCluster.StartAsync(FailoverBenchmark.ElectionFlag(FastElection));
        var timeouts = FailoverBenchmark.Range(FastElection);
        Console.WriteLine($"  failover, election timeouts {timeouts}");
        var trials = _options.Number("--trials", 30);
        var (served, _) = await Failover.RunAsync(cluster, await LoadMarket.CreateAsync(cluster.Client), trials);
        var note = $"{trials} trials, election timeouts {timeouts}";
        Add(new Row("failover after kill -9, median", Failover.Median(served), 400, IsTime: true, Note: note));
        Add(new Row("failover after kill -9, worst", served.Max(), 1_500, IsTime: true, Note: note));
        await RequireEqualAsync(cluster);
    }

    private async Task MeasureGapsAsync()
    {
        await using var cluster = await NodeCluster.StartAsync();
        var market = await LoadMarket.CreateAsync(cluster.Client);
        if (Wants("transfer"))
        {
            AddGaps("write gap of a transfer", await Gaps.OfTransfersAsync(cluster, market, GapTrials));
        }

        if (Wants("stop"))
        {
            AddGaps("write gap of an orderly stop", await Gaps.OfStopsAsync(cluster, market, GapTrials));
        }

        await RequireEqualAsync(cluster);
    }

    private void AddGaps(string what, List<double> gaps)
    {
        var note = string.Join(' ', gaps.Select(gap => gap.ToString("0", CultureInfo.InvariantCulture)));
        Add(new Row($"{what}, median", Failover.Median(gaps), 100, IsTime: true, Note: note));
        Add(new Row($"{what}, worst", gaps.Max(), null, IsTime: true));
    }

    /// <summary>Shows how ours, measured in the same run, compares.</summary>
    private void Compare(string what, LoadResult theirs, string ours)
    {
        var own = _rows.Find(row => row.What.StartsWith(ours, StringComparison.Ordinal))?.Measured;
        var note = own is null
            ? "ours was not measured in this run"
            : string.Create(CultureInfo.InvariantCulture, $"ours is {own / theirs.PerSecond:0.00} times this");
        Add(new Row(what, theirs.PerSecond, null, Load: theirs, Note: note));
    }

    private LoadResult Add(string what, LoadResult load, double? must)
    {
        Require(load.Failed == 0, $"{what}: {load.Failed} requests failed");
        Add(new Row(what, load.PerSecond, must, Load: load));
        return load;
    }

    private void AddAll(IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            Add(row);
        }
    }

    private void Add(Row row)
    {
        Console.WriteLine($"  {row.What}: {row.Measured:N0}{(row.IsTime ? " ms" : "/s")}");
        _rows.Add(row);
    }

    private async Task RequireEqualAsync(NodeCluster cluster) =>
        Require(await cluster.AreDigestsEqualAsync(), "the replicas' digests differ");

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            _isSound = false;
            Console.WriteLine($"  WRONG: {otherwise}");
        }
    }

    private bool Wants(string row) => _only.Count == 0 || _only.Contains(row);
}
