using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Orders per second over HTTP against three real processes on this machine, every order on the disks of a
/// majority before it is acknowledged. Clients and nodes share the machine's cores.</summary>
internal static class LoadBenchmark
{
    private const string Help =
        "usage: cluster [--seconds 10] [--endpoint a,b,c: a running cluster instead of an own one]";

    private const int Many = 64;
    private const int Batch = 100;

    /// <summary>Runs it and prints a table.</summary>
    /// <returns>Exit code: 0, 1 when a request was lost or the replicas differ, 2 for usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(arguments, Help, "--seconds", "--endpoint") is not { } options)
        {
            return 2;
        }

        var measured = TimeSpan.FromSeconds(options.Number("--seconds", 10));
        if (options.Endpoints("--endpoint") is { } endpoints)
        {
            return await MeasureAsync(endpoints, measured);
        }

        await using var cluster = await ClusterProcesses.StartAsync();
        var leader = cluster.Endpoint(await cluster.LeaderAsync());
        var result = await MeasureAsync(
            [leader, .. cluster.Endpoints.Where(endpoint => endpoint != leader)], measured);
        var index = await cluster.WaitEqualAsync();
        var digests = await Task.WhenAll(cluster.Names.Select(name => DigestAsync(cluster, name, index)));
        Console.WriteLine($"digests at index {index}: {(digests.Distinct().Count() == 1 ? "equal" : "DIFFERENT")}");
        return digests.Distinct().Count() == 1 ? result : 1;
    }

    private static async Task<int> MeasureAsync(IReadOnlyList<Uri> endpoints, TimeSpan measured)
    {
        using var client = new ReplicatedBookClient(endpoints);
        var market = await LoadMarket.CreateAsync(client);
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores, {endpoints.Count} nodes, first asked {endpoints[0].Authority}");
        LoadResult.PrintHeading();
        var run = ReplicatedBookClient.NewKey()[..8];
        long number = 0;
        string Next() => $"{run}-{Interlocked.Increment(ref number)}";

        var lost = 0L;
        foreach (var clients in new[] { 1, Many })
        {
            lost += await ShowAsync(Load.RunAsync($"orders, {clients} clients", clients, measured, async (_, random) =>
                Acknowledged(await client.PlaceOrderAsync(market.Order(random, Next())), _ => 1)));
        }

        var batches = $"orders, {Many} clients, batches of {Batch}";
        lost += await ShowAsync(Load.RunAsync(batches, Many, measured, async (_, random) =>
        {
            var batch = new PlaceBatchRequest
            {
                Orders = [.. Enumerable.Range(0, Batch).Select(_ => market.Order(random, Next()))],
            };
            return Acknowledged(
                await client.PlaceBatchAsync(batch), done => done.Results.Count(result => result.Order is not null));
        }));
        lost += await ShowAsync(Load.RunAsync($"strong reads, {Many} clients", Many, measured, async (_, _) =>
            (await client.GetBookAsync(market.Symbol, 10, 2, ReadOptions.Strong)).IsAnswered ? 1 : null));
        return lost == 0 ? 0 : 1;
    }

    private static async Task<long> ShowAsync(Task<LoadResult> load)
    {
        var result = await load;
        result.Print();
        return result.Lost;
    }

    private static int? Acknowledged<T>(WriteOutcome<T> outcome, Func<T, int> count)
        where T : class => outcome.IsCommitted ? count(outcome.Value!) : null;

    private static async Task<string?> DigestAsync(ClusterProcesses cluster, string name, long index)
    {
        using var node = cluster.At(name);
        return (await node.GetDigestAsync(index)).Value?.Digest;
    }
}
