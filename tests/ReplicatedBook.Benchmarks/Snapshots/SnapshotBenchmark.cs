using System.Buffers;
using System.Diagnostics;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Benchmarks.Snapshots;

/// <summary>Cost of a snapshot of many resting orders: to take, to write, to hash, to read again; and how long orders
/// wait for it.</summary>
internal static class SnapshotBenchmark
{
    private const int Passes = 5;

    private const string Help = """
        usage: scripts/bench.sh snapshot [--orders 1000000]
        Exit code 1: what was read again is not what was written; 2: wrong arguments.
        """;

    /// <summary>Runs and prints.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is ["--help"])
        {
            Console.WriteLine(Help);
            return 0;
        }

        try
        {
            return Run(SnapshotOptions.Parse(arguments));
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine($"{exception.Message}\n{Help}");
            return 2;
        }
    }

    private static int Run(SnapshotOptions options)
    {
        Console.Error.WriteLine($"placing {options.Orders:N0} orders");
        var replica = new FilledReplica(options.Orders);
        Console.Error.WriteLine("writing and reading");
        var isSame = WriteAndRead(replica.State);
        Console.Error.WriteLine("applying meanwhile");
        var entries = Turns.EntriesPerTurn * ((options.Orders / 500) + 100);
        Show("turns of 64 orders", Turns.Of(replica, replica.Draw(entries), withSnapshot: false));
        Show("with a snapshot", Turns.Of(replica, replica.Draw(entries), withSnapshot: true));
        return isSame ? 0 : 1;
    }

    private static bool WriteAndRead(ReplicaState state)
    {
        var (freeze, write, hash, read) = (Cost.None, Cost.None, Cost.None, Cost.None);
        var (bytes, isSame) = (0L, true);
        for (var pass = 0; pass < Passes; pass++)
        {
            var buffer = new ChunkBuffer();
            var writer = freeze.Of(() => state.BeginWrite(buffer));
            write.Of(() => writer.Continue(int.MaxValue));
            var content = new SnapshotContent(state.Mark, buffer.ToSequence());
            var written = hash.Of(() => content.StateHash());
            bytes = content.Bytes.Length;
            var flat = content.Bytes.ToArray();
            var again = read.Of(() => ReplicaState.Read(flat));
            var stateHash = new byte[Digest.Size];
            again.Exchange.StateHash(stateHash);
            isSame &= Digest.FromBytes(stateHash) == written && again.Mark == state.Mark;
        }

        Console.WriteLine($"{bytes / 1e6:F1} MB; best of {Passes}  {"ms CPU",10} {"ms wall",10} {"MB allocated",14}");
        Show("take the image", freeze);
        Show("write", write);
        Show("hash", hash);
        Show("written and hashed", freeze + write + hash, "must 1,000, aim 300");
        Show("read and checked", read, "must 2,000, aim 600");
        Console.WriteLine(isSame ? "what was read has the same hash" : "what was read is NOT what was written");
        return isSame;
    }

    private static void Show(string name, Cost cost, string bounds = "") => Console.WriteLine(
        $"  {name,-24} {cost.Cpu / 1e6,10:F1} {cost.Wall / 1e6,10:F1} {cost.Bytes / 1e6,14:F1}  {bounds}");

    private static void Show(string name, Turns turns)
    {
        var (median, high, longest) = (turns.At(0.5), turns.At(0.99), turns.At(1));
        Console.WriteLine(
            $"{name}: {turns.Count:N0} turns, ms CPU (wall): p50 {median.Cpu:F2} ({median.Wall:F2}), " +
            $"p99 {high.Cpu:F2} ({high.Wall:F2}), longest {longest.Cpu:F2} ({longest.Wall:F2}); must 50");
    }

    /// <summary>The least of what one step took.</summary>
    private struct Cost
    {
        public long Cpu;
        public long Wall;
        public long Bytes;

        public static Cost None => new() { Cpu = long.MaxValue, Wall = long.MaxValue, Bytes = long.MaxValue };

        public static Cost operator +(Cost a, Cost b) =>
            new() { Cpu = a.Cpu + b.Cpu, Wall = a.Wall + b.Wall, Bytes = a.Bytes + b.Bytes };

        public T Of<T>(Func<T> step)
        {
            GC.Collect(); // Else a step pays for what the one before has left.
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var (cpu, wall) = (ThreadClock.Nanoseconds(), Stopwatch.GetTimestamp());
            var result = step();
            Wall = Math.Min(Wall, (long)Stopwatch.GetElapsedTime(wall).TotalNanoseconds);
            Cpu = Math.Min(Cpu, ThreadClock.Nanoseconds() - cpu);
            Bytes = Math.Min(Bytes, GC.GetAllocatedBytesForCurrentThread() - bytes);
            return result;
        }
    }
}
