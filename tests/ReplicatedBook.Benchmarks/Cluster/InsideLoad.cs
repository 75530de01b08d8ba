using System.Buffers;
using System.Diagnostics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>A load within the leader's process, through the port: consensus, both disks and matching without any
/// HTTP. Each writer proposes its next command when the last one is applied.</summary>
internal sealed class InsideLoad(NodeCluster cluster, LoadMarket market, InstrumentId instrument)
{
    private const int Depth = 10;

    private readonly AccountId _account = IdText.ToAccount(market.Account)!.Value;

    /// <summary>Prepares a load for a market.</summary>
    public static async Task<InsideLoad> CreateAsync(NodeCluster cluster, LoadMarket market)
    {
        var found = await cluster.HostedReader.ReadAsync(
            exchange => exchange.FindInstrument(market.Symbol), CancellationToken.None);
        return new InsideLoad(cluster, market, found.Value!.Id);
    }

    /// <summary>Orders proposed by some writers.</summary>
    public Task<LoadResult> WriteAsync(int writers, TimeSpan warmUp, TimeSpan measured)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        return RunAsync(writers, warmUp, measured, worker =>
        {
            var draws = new OrderDraws(run, worker);
            return async () =>
            {
                var proposal = await cluster.HostedLog.ProposeAsync(
                    Encode(draws.Next()), ProposalWait.Applied, CancellationToken.None);
                return proposal is { Outcome: ProposalOutcome.Applied, Applied.Reason: RejectReason.None };
            };
        });
    }

    /// <summary>Strong reads of the book.</summary>
    public Task<LoadResult> ReadAsync(int readers, TimeSpan warmUp, TimeSpan measured) =>
        RunAsync(readers, warmUp, measured, _ => async () =>
        {
            var reading = await cluster.HostedReader.ReadConfirmedAsync(
                exchange => exchange.Book(instrument, Depth, withOrders: false), CancellationToken.None);
            return reading?.Value is not null;
        });

    private async Task<LoadResult> RunAsync(
        int workers, TimeSpan warmUp, TimeSpan measured, Func<int, Func<ValueTask<bool>>> operation)
    {
        var clock = new CpuClock(cluster.Pids);
        var from = Stopwatch.GetTimestamp() + (long)(warmUp.TotalSeconds * Stopwatch.Frequency);
        var until = from + (long)(measured.TotalSeconds * Stopwatch.Frequency);
        var running = Enumerable.Range(0, workers)
            .Select(worker => Task.Run(() => WorkAsync(operation(worker), from, until))).ToArray();
        using var pace = new PeriodicTimer(warmUp);
        await pace.WaitForNextTickAsync();
        var cpu = clock.Read();
        var results = await Task.WhenAll(running);
        cpu = clock.Read() - cpu;
        var latency = new LatencyHistogram();
        foreach (var result in results)
        {
            latency.Add(result.Latency);
        }

        return new LoadResult
        {
            Done = latency.Count,
            AllDone = results.Sum(result => result.All),
            Failed = results.Sum(result => result.Failed),
            Took = measured,
            Latency = latency,
            Cpu = cpu,
        };
    }

    private static async Task<(LatencyHistogram Latency, long All, long Failed)> WorkAsync(
        Func<ValueTask<bool>> operation, long from, long until)
    {
        var latency = new LatencyHistogram();
        long all = 0;
        long failed = 0;
        while (true)
        {
            var sent = Stopwatch.GetTimestamp();
            if (sent >= until)
            {
                return (latency, all, failed);
            }

            if (!await operation())
            {
                failed++;
                continue;
            }

            all++;
            var answered = Stopwatch.GetTimestamp();
            if (sent >= from && answered <= until)
            {
                latency.Add(Stopwatch.GetElapsedTime(sent, answered));
            }
        }
    }

    private ReadOnlyMemory<byte> Encode(DrawnOrder drawn)
    {
        ClientOrderId.TryCreate(drawn.Name, out var id);
        var order = new PlaceOrder(
            _account, id, instrument, drawn.IsBuy ? Side.Buy : Side.Sell, OrderType.Limit,
            new Price(10_000 + drawn.Cents), new Quantity(drawn.Lots), TimeInForce.GoodTilCanceled,
            IsPostOnly: false, SelfTradePrevention.None);
        var buffer = new ArrayBufferWriter<byte>(128);
        CommandCodec.Write(buffer, default, order);
        return buffer.WrittenMemory;
    }
}
