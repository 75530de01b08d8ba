using ReplicatedBook.Benchmarks.Betting;
using ReplicatedBook.Benchmarks.Cluster;
using ReplicatedBook.Benchmarks.Flash1;
using ReplicatedBook.Benchmarks.MarketData;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Benchmarks.Snapshots;

return args switch
{
    ["matching", .. var rest] => MatchingBenchmark.Run(rest),
    ["betting", .. var rest] => BettingBenchmark.Run(rest),
    ["flash1", .. var rest] => Flash1Benchmark.Run(rest),
    ["snapshot", .. var rest] => SnapshotBenchmark.Run(rest),
    ["market", .. var rest] => MarketDataBenchmark.Run(rest),
    ["cluster", .. var rest] => await ClusterBenchmark.RunAsync(rest),
    ["failover", .. var rest] => await FailoverBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        "usage: matching | betting | flash1 | snapshot | market | cluster | failover, each with --help");
    return 2;
}
