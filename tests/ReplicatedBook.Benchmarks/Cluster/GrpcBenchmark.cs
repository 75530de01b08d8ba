using System.Buffers;
using System.Net;
using Google.Protobuf;
using ReplicatedBook.Benchmarks.Cluster.Etcd;
using ReplicatedBook.Benchmarks.Cluster.Grpc;
using ReplicatedBook.Benchmarks.Cluster.Wire;
using ReplicatedBook.Contracts.Grpc;

namespace ReplicatedBook.Benchmarks.Cluster;

/// <summary>Orders over gRPC on three nodes and one machine: pipelined in sessions, and one by one.</summary>
internal static class GrpcBenchmark
{
    private const string Help =
        "usage: grpc [--seconds 10] [--sessions 64] [--orders 64: of a session under way] "
        + "[--only leader,followers,unary]";

    private const int Must = 100_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>Runs it and prints a table.</summary>
    /// <returns>Exit code: 0, 1 when a command failed, more was acknowledged than applied or replicas differ, 2 for
    /// usage.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (BenchmarkOptions.Read(
            arguments, Help, "--seconds", "--sessions", "--orders", "--only") is not { } options)
        {
            return 2;
        }

        var measured = TimeSpan.FromSeconds(options.Number("--seconds", 10));
        var (sessions, orders) = (options.Number("--sessions", 64), options.Number("--orders", 64));
        var only = options.Text("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine($"{Environment.ProcessorCount} cores, 3 nodes, load on the same machine");
        await using var cluster = await NodeCluster.StartAsync(
            "--Limits:MaxCommandsUnderWay=16384", "--Limits:MaxWaitingCommands=65536");
        var leader = await cluster.LeaderAsync();
        var market = await LoadMarket.CreateAsync(cluster.Client);
        var clock = new CpuClock(cluster.Pids);
        var rows = new List<Row>();
        var before = await cluster.WaitEqualAsync();
        var isSound = true;
        long acknowledged = 0;

        void Measure(string row, string what, double? must, Func<int, WireConnection> open)
        {
            if (only.Length > 0 && !only.Contains(row))
            {
                return;
            }

            var connections = Enumerable.Range(0, sessions).Select(open).ToList();
            var load = WireLoad.Closed(connections, WarmUp, measured, clock);
            connections.ForEach(connection => connection.Dispose());
            isSound &= load.Failed == 0;
            acknowledged += load.AllDone;
            rows.Add(
                new Row(what, load.PerSecond, must, Load: load, Note: load.Failed == 0 ? "" : $"{load.Failed} failed"));
            Console.WriteLine($"  {what}: {load.PerSecond:N0}/s");
        }

        var others = cluster.Names.Where(name => name != leader).Select(cluster.GrpcSocket).ToArray();
        Measure(
            "leader", $"commands, {sessions} sessions of {orders} to the leader", Must,
            i => new WireConnection(cluster.GrpcSocket(leader), new SessionProtocol(market, i, orders)));
        Measure(
            "followers", $"commands, {sessions} sessions of {orders} to followers", null,
            i => new WireConnection(others[i % others.Length], new SessionProtocol(market, i, orders)));
        Measure(
            "unary", $"orders one by one, {sessions} connections to the leader", null,
            i => Unary(cluster.GrpcSocket(leader), market, i));
        isSound &= await cluster.WaitEqualAsync() - before >= acknowledged;
        isSound &= await cluster.AreDigestsEqualAsync();
        Console.WriteLine();
        Row.PrintHeading();
        rows.ForEach(row => row.Print());
        Console.WriteLine(isSound ? "all that was acknowledged is applied, and the replicas are equal" : "WRONG");
        return isSound ? 0 : 1;
    }

    private static WireConnection Unary(IPEndPoint node, LoadMarket market, int number)
    {
        var (random, sent) = (new Random(number + 1), 0ul);
        var order = new PlaceOrderRequest
        {
            AccountId = market.Account,
            Instrument = market.Symbol,
            Type = OrderType.Limit,
            Stp = Stp.None,
        };
        return new WireConnection(node, new GrpcProtocol("/replicatedbook.v1.Trading/PlaceOrder", output =>
        {
            LoadOrders.Next(order, random, sent++);
            output.Write(order.ToByteArray());
        }));
    }
}
