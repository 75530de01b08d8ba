using System.Globalization;
using ReplicatedBook.Benchmarks.Cluster;

namespace ReplicatedBook.Benchmarks.Logins;

/// <summary>What many logins at once do to orders: the times of orders at a fixed rate, without and beside
/// them.</summary>
internal static class LoginStormBenchmark
{
    private const string Help =
        "usage: logins [--parallel 500] [--seconds 5: of each half of a round] [--rounds 5]";

    private const int Connections = 8;
    private const double PerSecond = 200;
    private const double MostMilliseconds = 100; // Within which an overloaded node still answers, too.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Runs it and prints a table.</summary>
    /// <returns>Exit code: 0, 1 when an order failed or p99 beside the logins is above its bound, 2 for
    /// usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(arguments, Help, "--parallel", "--seconds", "--rounds") is not { } options)
        {
            return 2;
        }

        await using var node = await SecuredNode.StartAsync();
        using var client = node.NewClient();
        var market = await LoadMarket.CreateAsync(client) with { Bearer = node.Bearer };
        var orders = new HttpRows(
            market, [node.Pid], WarmUp, TimeSpan.FromSeconds(options.Number("--seconds", 5)));
        using var storm = new LoginStorm(node.Address, options.Number("--parallel", 500));
        var (alone, beside) = (new List<LoadResult>(), new List<LoadResult>());
        for (var i = 1; i <= options.Number("--rounds", 5); i++)
        {
            alone.Add(orders.OrdersAtRate(Connections, PerSecond, node.Socket));
            using var isOver = new CancellationTokenSource();
            var raging = Task.Run(() => storm.RunAsync(isOver.Token));
            beside.Add(orders.OrdersAtRate(Connections, PerSecond, node.Socket));
            await isOver.CancelAsync();
            await raging;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  round {i}: p99 {P99(alone[^1]):0.0} -> {P99(beside[^1]):0.0} ms"));
        }

        return Print(Middle(alone), Middle(beside), beside.Concat(alone), storm);
    }

    private static int Print(LoadResult alone, LoadResult beside, IEnumerable<LoadResult> all, LoginStorm storm)
    {
        var answers = string.Join(
            ", ", storm.Answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Value} x {(int)answer.Key}"));
        Row.PrintHeading();
        new Row("orders' p99 without logins", P99(alone), null, IsTime: true, Load: alone).Print();
        new Row(
            "orders' p99 beside them", P99(beside), MostMilliseconds, IsTime: true, Load: beside,
            Note: $"logins answered: {answers}").Print();
        var lost = all.Sum(load => load.Failed + load.Refusals.Count);
        Console.WriteLine($"orders that failed or were refused: {lost}");
        return lost == 0 && P99(beside) <= MostMilliseconds ? 0 : 1;
    }

    private static double P99(LoadResult load) => load.Latency.Percentile(0.99).TotalMilliseconds;

    private static LoadResult Middle(List<LoadResult> loads) => loads.OrderBy(P99).ElementAt(loads.Count / 2);
}
