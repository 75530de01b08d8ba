using ReplicatedBook.Benchmarks.Cluster;

return args switch
{
    ["cluster", .. var rest] => await LoadBenchmark.RunAsync(rest),
    ["failover", .. var rest] => await FailoverBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: matching | cluster | failover, each with --help");
    return 2;
}
