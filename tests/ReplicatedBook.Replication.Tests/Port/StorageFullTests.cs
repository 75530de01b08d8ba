using System.Collections.Concurrent;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Port;

/// <summary>Goal: a full disk stops acknowledgements and nothing else (RELIABILITY P15). Method: a node alone whose
/// disk has as much room as the test says.</summary>
public sealed class StorageFullTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FullDisk _disk = new(new DurableDisk());
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly ConcurrentQueue<Exception> _failures = new();

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public async Task A_full_disk_refuses_writes_serves_reads_and_loses_nothing()
    {
        using var log = Start();
        await RaftLogCluster.UntilAsync(() => log.Status is { Role: Role.Leader, CommitIndex: > 0 });
        _disk.Room = 3000;
        var proposed = new List<Task<Proposal>>();
        Task<Proposal>? refused = null;
        await RaftLogCluster.UntilAsync(() => (refused ??= TryPropose(log, proposed)) is not null);
        await RaftLogCluster.UntilAsync(() => log.Status.IsStorageFull);
        Assert.Equal(ProposalOutcome.StorageFull, (await refused!).Outcome);
        var applied = log.Status.AppliedIndex;
        Assert.Equal(applied, (await log.ReadAsync(exchange => exchange.AppliedIndex, default)).Value);

        _disk.Room = 1 << 20;

        await RaftLogCluster.UntilAsync(() => log.Status is { Role: Role.Leader, IsStorageFull: false } status
            && status.AppliedIndex == status.LastLogIndex && status.AppliedIndex > applied);
        var outcomes = await Task.WhenAll(proposed);
        Assert.All(outcomes, proposal => Assert.Contains(
            proposal.Outcome,
            new[] { ProposalOutcome.Applied, ProposalOutcome.Unknown, ProposalOutcome.NotLeader }));
        var assets = await log.ReadAsync(exchange => exchange.Assets.Count(), default);
        Assert.InRange(assets.Value, outcomes.Count(IsIn(ProposalOutcome.Applied)), outcomes.Length);
        Assert.Equal(
            outcomes.Length - outcomes.Count(IsIn(ProposalOutcome.NotLeader)), assets.Value);
        Assert.Empty(_failures);
        Assert.Contains(_notes, note => note.StartsWith("no room on the disk", StringComparison.Ordinal));
        Assert.Contains(_notes, note => note.StartsWith("there is room on the disk again", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Scenario", "51 disk_full_backpressure")]
    public async Task A_snapshot_without_room_is_tried_again_at_the_next_interval()
    {
        using var log = Start(snapshotEvery: 10);
        await RaftLogCluster.UntilAsync(() => log.Status is { Role: Role.Leader, CommitIndex: > 0 });
        _disk.Room = 0;
        for (var i = 0; _notes.IsEmpty; i++)
        {
            await ProposeAsync(log, $"A{i}");
        }

        Assert.StartsWith("no room for the snapshot at 10", Assert.Single(_notes), StringComparison.Ordinal);
        Assert.Equal((0L, 1L), (log.Status.SnapshotIndex, log.Status.FirstLogIndex));
        _disk.Room = 1 << 20;
        for (var i = 0; log.Status.SnapshotIndex == 0; i++)
        {
            await ProposeAsync(log, $"B{i}");
        }

        Assert.Empty(_failures);
    }

    public void Dispose() => _folder.Dispose();

    private static Func<Proposal, bool> IsIn(ProposalOutcome outcome) => proposal => proposal.Outcome == outcome;

    private static async Task ProposeAsync(RaftReplicatedLog log, string symbol) => Assert.Equal(
        ProposalOutcome.Applied,
        (await log.ProposeAsync(Commands.CreateAsset(symbol, 2), ProposalWait.Applied, default)).Outcome);

    /// <summary>Proposes a few; gives the one that was refused for lack of room, if any was.</summary>
    private static Task<Proposal>? TryPropose(RaftReplicatedLog log, List<Task<Proposal>> proposed)
    {
        for (var i = 0; i < 10; i++)
        {
            var command = Commands.CreateAsset($"A{proposed.Count}", 2);
            var proposal = log.ProposeAsync(command, ProposalWait.Applied, default).AsTask();
            if (proposal is { IsCompletedSuccessfully: true, Result.Outcome: ProposalOutcome.StorageFull })
            {
                return proposal;
            }

            proposed.Add(proposal);
        }

        return null;
    }

    private RaftReplicatedLog Start(long snapshotEvery = 100_000) => new(
        new ReplicaHostOptions
        {
            Replica = new ReplicaOptions
            {
                Raft = new RaftConfig { Id = new("n1"), Seed = 1, ElectionTicks = 50 },
                Bootstrap = Membership.OfVoters([new("n1")]),
                SnapshotEveryEntries = snapshotEvery,
            },
            DataDirectory = Path.Combine(_folder.Path, "n1"),
            Identity = new StorageIdentity("test", "n1"),
            Storage = new StorageOptions { SegmentBytes = snapshotEvery < 100 ? 1 << 20 : 4096 },
            StorageRetryInterval = TimeSpan.FromMilliseconds(5),
            Noted = _notes.Enqueue,
        },
        _disk, new NoTransport(), _failures.Enqueue);

    private sealed class NoTransport : IPeerTransport
    {
        public void Send(RaftMessage message)
        {
        }

        public void SetMembers(IReadOnlyList<Member> members)
        {
        }
    }
}
