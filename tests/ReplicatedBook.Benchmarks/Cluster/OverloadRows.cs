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
    /// middle of all rounds: a disk or a neighbour that stands still for a moment spoils one of them, not the
    /// figure.</summary>
    public async Task<IReadOnlyList<Row>> FloodAsync()
    {
        var traders = await LoadMarket.CreateAsync(cluster.Client);
        var flooders = await LoadMarket.CreateAsync(cluster.Client);
        var rounds = new List<Round>();
        for (var i = 0; i < Rounds; i++)
        {
            var trading = new HttpRows(traders, [], warmUp, measured / 2);
            var flooding = new HttpRows(flooders, cluster.Pids, warmUp, measured / 2);
            var alone = trading.OrdersAtRate(Traders, TradersPerSecond, leader);
            var flood = Task.Run(() => flooding.Orders(Flooders, leader));
            var beside = trading.OrdersAtRate(Traders, TradersPerSecond, leader);
            rounds.Add(new Round(alone, beside, await flood));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  flood, round {i + 1} of {Rounds}: p99 {rounds[i].Quiet:0.0} -> {rounds[i].Flooded:0.0} ms"));
        }

        var middle = rounds.OrderBy(round => round.Flooded / round.Quiet).ElementAt(Rounds / 2);
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"{middle.Flooded / middle.Quiet:0.00} times, middle of {Rounds} rounds; others refused "
            + $"{rounds.Sum(round => round.Beside.Refusals.Count)}; flood: {Flooders} connections, "
            + $"{middle.Flood.PerSecond:0}/s");
        return
        [
            new Row("flood: others' p99 without it", middle.Quiet, null, IsTime: true, Load: middle.Alone),
            new Row(
                "flood: others' p99 beside it", middle.Flooded, 2 * middle.Quiet, IsTime: true, Load: middle.Beside,
                Note: note),
        ];
    }

    private readonly record struct Round(LoadResult Alone, LoadResult Beside, LoadResult Flood)
    {
        public double Quiet => Alone.Latency.Percentile(0.99).TotalMilliseconds;

        public double Flooded => Beside.Latency.Percentile(0.99).TotalMilliseconds;
    }
}
