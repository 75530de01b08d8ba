using System.Globalization;
using System.Net;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>More than the nodes can do: requests at three times the rate they managed, and one account that floods
/// while another trades at its own pace.</summary>
internal sealed class OverloadRows(
    NodeCluster cluster, IPEndPoint leader, int leaderPid, TimeSpan warmUp, TimeSpan measured)
{
    private const int Many = 64;
    private const int Crowd = 1_024; // Connections, so requests that can be under way at once.
    private const int Flooders = 256;
    private const int Rounds = 7;
    private const int Traders = 8;
    private const double TradersPerSecond = 200;
    private const double Excess = 3;
    private const double MaxRefusalMilliseconds = 100;

    /// <summary>Goodput, times of refusals and memory at three times capacity.</summary>
    public async Task<IReadOnlyList<Row>> OverloadAsync()
    {
        var http = new HttpRows(await LoadMarket.CreateAsync(cluster.Client), cluster.Pids, warmUp, measured);
        var capacity = http.Orders(Many, leader).PerSecond;
        var load = http.OrdersAtRate(Crowd, Excess * capacity, leader);
        var after = http.Orders(Many, leader);
        var refused = load.Refusals.Count / load.Took.TotalSeconds;
        var memory = CpuClock.ResidentBytes(leaderPid) >> 20;
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"asked {Excess * capacity:0}/s, refused {refused:0}/s, failed {load.Failed}, leader holds {memory} MiB");
        return
        [
            new Row("overload: goodput at 3 times capacity", load.PerSecond, 0.8 * capacity, Load: load, Note: note),
            new Row(
                "overload: refusals, p99", load.Refusals.Percentile(0.99).TotalMilliseconds, MaxRefusalMilliseconds,
                IsTime: true, Note: "from when the request was sent"),
            new Row("overload: right after it, as before", after.PerSecond, capacity, Load: after),
        ];
    }

    /// <summary>What the flood of one account does to the answers of another. Without and with it in turns, and the
    /// medians of all rounds: a disk or a neighbour that stands still for a moment spoils one of them, not the
    /// figure.</summary>
    public async Task<IReadOnlyList<Row>> FloodAsync()
    {
        var traders = await LoadMarket.CreateAsync(cluster.Client);
        var flooders = await LoadMarket.CreateAsync(cluster.Client);
        var alone = new List<LoadResult>();
        var beside = new List<LoadResult>();
        var floods = new List<LoadResult>();
        for (var i = 1; i <= Rounds; i++)
        {
            var trading = new HttpRows(traders, [], warmUp, measured / 2);
            var flooding = new HttpRows(flooders, cluster.Pids, warmUp, measured / 2);
            alone.Add(trading.OrdersAtRate(Traders, TradersPerSecond, leader));
            var flood = Task.Run(() => flooding.Orders(Flooders, leader));
            beside.Add(trading.OrdersAtRate(Traders, TradersPerSecond, leader));
            floods.Add(await flood);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  flood, round {i} of {Rounds}: p99 {P99(alone[^1]):0.0} -> {P99(beside[^1]):0.0} ms"));
        }

        var (quiet, flooded) = (Middle(alone, P99), Middle(beside, P99));
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{P99(flooded) / P99(quiet):0.00} times, medians of {Rounds} rounds; others refused "
            + $"{beside.Sum(load => load.Refusals.Count)}; flood: {Flooders} connections, "
            + $"{Middle(floods, load => load.PerSecond).PerSecond:0}/s");
        return
        [
            new Row("flood: others' p99 without it", P99(quiet), null, IsTime: true, Load: quiet),
            new Row(
                "flood: others' p99 beside it", P99(flooded), 2 * P99(quiet), IsTime: true, Load: flooded, Note: note),
        ];
    }

    private static double P99(LoadResult load) => load.Latency.Percentile(0.99).TotalMilliseconds;

    private static LoadResult Middle(List<LoadResult> loads, Func<LoadResult, double> figure) =>
        loads.OrderBy(figure).ElementAt(loads.Count / 2);
}
