using System.Buffers;
using ReplicatedBook.Consensus.Log;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Simulation.Plan;

namespace ReplicatedBook.Simulation.Nodes;

/// <summary>What planted defects change on the way between a replica and its host; nothing without one.</summary>
internal static class Defects
{
    /// <summary>Changes a message that leaves.</summary>
    public static RaftMessage Tamper(World world, RaftMessage message) => (world.Plan.Defect, message) switch
    {
        (PlantedDefect.ForgedVotes, RequestVoteReply { IsPreVote: false } reply) => reply with { IsGranted = true },
        (PlantedDefect.AlteredEntry, AppendEntries { Entries.Count: > 0 } append) when Strikes(world, 20) =>
            append with { Entries = [.. append.Entries.Select(Alter)] },
        (PlantedDefect.ExaggeratedMatch, AppendEntriesReply { IsSuccess: true } reply) =>
            reply with { MatchIndex = reply.MatchIndex + 1 },
        _ => message,
    };

    /// <summary>Changes what is written.</summary>
    public static PersistBatch Tamper(World world, PersistBatch batch) => world.Plan.Defect switch
    {
        PlantedDefect.ForgottenVote => batch with
        {
            HardState = batch.HardState is { } state ? state with { VotedFor = null } : null,
        },
        PlantedDefect.CommitMarkAhead when batch.Entries.Count > 0 =>
            batch with { CommitIndex = batch.Entries[^1].Index },
        _ => batch,
    };

    /// <summary>Changes a snapshot on its way to the disk.</summary>
    public static ReadOnlySequence<byte> Tamper(World world, ReadOnlySequence<byte> snapshot)
    {
        if (world.Plan.Defect != PlantedDefect.AlteredSnapshot)
        {
            return snapshot;
        }

        var altered = snapshot.ToArray();
        altered[altered.Length * 2 / 3] ^= 1;
        return new ReadOnlySequence<byte>(altered);
    }

    private static bool Strikes(World world, int perMille) =>
        world.Chance("defect", world.Scheduler.Steps).Chance(perMille);

    private static LogEntry Alter(LogEntry entry)
    {
        if (entry.Payload.IsEmpty)
        {
            return entry;
        }

        var altered = entry.Payload.ToArray();
        altered[^1] ^= 1;
        return entry with { Payload = altered };
    }
}
