using ReplicatedBook.Benchmarks.Cluster;
using ReplicatedBook.Benchmarks.Matching;

return args switch
{
    ["matching", .. var rest] => MatchingBenchmark.Run(rest),
    ["cluster", .. var rest] => await ClusterBenchmark.RunAsync(rest),
    ["failover", .. var rest] => await FailoverBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: matching | cluster | failover, each with --help");
    return 2;
}
