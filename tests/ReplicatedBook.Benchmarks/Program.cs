using ReplicatedBook.Benchmarks.Betting;
using ReplicatedBook.Benchmarks.Cluster;
using ReplicatedBook.Benchmarks.Flash1;
using ReplicatedBook.Benchmarks.Logins;
using ReplicatedBook.Benchmarks.MarketData;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Benchmarks.Micro;
using ReplicatedBook.Benchmarks.Snapshots;

return args switch
{
    ["matching", .. var rest] => MatchingBenchmark.Run(rest),
    ["micro", .. var rest] => MicroBenchmark.Run(rest),
    ["betting", .. var rest] => BettingBenchmark.Run(rest),
    ["flash1", .. var rest] => Flash1Benchmark.Run(rest),
    ["snapshot", .. var rest] => SnapshotBenchmark.Run(rest),
    ["market", .. var rest] => MarketDataBenchmark.Run(rest),
    ["cluster", .. var rest] => await ClusterBenchmark.RunAsync(rest),
    ["failover", .. var rest] => await FailoverBenchmark.RunAsync(rest),
    ["login-times", .. var rest] => await LoginTimesBenchmark.RunAsync(rest),
    ["logins", .. var rest] => await LoginStormBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: matching | micro | betting | flash1 | snapshot | market | cluster | failover | login-times | logins, "
        + "each with --help");
    return 2;
}
