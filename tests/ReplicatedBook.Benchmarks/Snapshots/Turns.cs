using System.Diagnostics;
using ReplicatedBook.Benchmarks.Matching;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Matching;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Benchmarks.Snapshots;

/// <summary>How long the applying thread was busy turn by turn.</summary>
internal sealed class Turns
{
    /// <summary>Entries that a turn applies.</summary>
    public const int EntriesPerTurn = 64;

    private static readonly ReplicaOptions Options =
        new() { Raft = new RaftConfig { Id = new NodeId("n1"), Seed = 1 } };

    private readonly List<(long Wall, long Cpu)> _times = [];

    /// <summary>How many turns.</summary>
    public int Count => _times.Count;

    /// <summary>Applies entries turn by turn; when a snapshot is asked for, the first turn begins it and every turn
    /// writes a part, as a replica does, until all of it is written.</summary>
    /// <param name="replica">Applies them.</param>
    /// <param name="entries">What comes.</param>
    /// <param name="withSnapshot">Whether one is written.</param>
    public static Turns Of(FilledReplica replica, LogEntry[] entries, bool withSnapshot)
    {
        var itemsPerTurn = Options.SnapshotItemsPerTurn;
        var turns = new Turns();
        SnapshotWriter? writer = null;
        var isWhole = !withSnapshot;
        for (var i = 0; i + EntriesPerTurn <= entries.Length; i += EntriesPerTurn)
        {
            var (wall, cpu) = (Stopwatch.GetTimestamp(), ThreadClock.Nanoseconds());
            foreach (ref readonly var entry in entries.AsSpan(i, EntriesPerTurn))
            {
                replica.Apply(in entry);
            }

            if (!isWhole)
            {
                writer ??= replica.State.BeginWrite(new ChunkBuffer());
                isWhole = writer.Continue(itemsPerTurn);
            }

            turns._times.Add((
                (long)Stopwatch.GetElapsedTime(wall).TotalNanoseconds, ThreadClock.Nanoseconds() - cpu));
            if (withSnapshot && isWhole)
            {
                break;
            }
        }

        return isWhole ? turns : throw new InvalidOperationException("too few entries for a whole snapshot");
    }

    /// <summary>The time that a share of the turns does not exceed, in milliseconds: on the clock, and of the
    /// thread.</summary>
    public (double Wall, double Cpu) At(double share) =>
        (At(_times.Select(time => time.Wall), share), At(_times.Select(time => time.Cpu), share));

    private double At(IEnumerable<long> times, double share) =>
        times.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * Count) - 1)) / 1e6;
}
