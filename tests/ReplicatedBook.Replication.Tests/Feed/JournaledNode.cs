using System.Collections.Concurrent;
using System.Globalization;
using ReplicatedBook.Consensus;
using ReplicatedBook.Consensus.Messages;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Feed;

/// <summary>A node that leads alone, with a journal; and beside it a feed that keeps everything in memory, made of its
/// log.</summary>
internal sealed class JournaledNode : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDisk _disk;
    private readonly Applier _twin;
    private RaftReplicatedLog? _log;

    public JournaledNode(IDisk? disk = null)
    {
        _disk = disk ?? new DurableDisk();
        _twin = new Applier(ReplicaState.Empty(new ExchangeLimits()), records: null, Twin);
    }

    /// <summary>What the ring would give if it had no end.</summary>
    public EventFeed Twin { get; } = new(1 << 20, 1L << 30);

    public ConcurrentQueue<string> Notes { get; } = new();

    public ConcurrentQueue<Exception> Failures { get; } = new();

    public JournalOptions Journal { get; set; } = new()
    {
        SegmentBytes = 8 << 10,
        MaxReadWait = TimeSpan.FromMinutes(1),
    };

    public int RingEntries { get; set; } = 8;

    public long SnapshotEvery { get; set; } = 100_000;

    public RaftReplicatedLog Log => _log!;

    public EventHistory History => Log.History;

    public string Directory => Path.Combine(_folder.Path, "n1");

    public IEnumerable<string> JournalFiles =>
        System.IO.Directory.GetFiles(Directory).Where(path => JournalSegment.IsName(Path.GetFileName(path))).Order();

    /// <summary>Indexes of the snapshots kept, oldest first.</summary>
    public long[] Snapshots =>
        [
            .. System.IO.Directory.GetFiles(Directory)
                .Select(path => FileNames.SnapshotMark(Path.GetFileName(path))).OfType<SnapshotMark>()
                .Select(mark => mark.Index).Order(),
        ];

    /// <summary>Files that hold something behind the oldest snapshot; asked for while the node is down.</summary>
    public string[] NeededJournalFiles()
    {
        var oldest = Snapshots[0];
        var files = JournalFiles.ToArray();
        return [.. files.Where((_, i) => i + 1 == files.Length || After(files[i + 1]) > oldest)];
    }

    public async Task StartAsync()
    {
        _log = new RaftReplicatedLog(
            new ReplicaHostOptions
            {
                Replica = new ReplicaOptions
                {
                    Raft = new RaftConfig { Id = new("n1"), Seed = 1, ElectionTicks = 20 },
                    Bootstrap = Membership.OfVoters([new("n1")]),
                    SnapshotEveryEntries = SnapshotEvery,
                    MaxFeedEntries = RingEntries,
                    KeepEntries = 10,
                },
                DataDirectory = Directory,
                Identity = new StorageIdentity("test", "n1"),
                Storage = new StorageOptions { SegmentBytes = 16 << 10 },
                Journal = Journal,
                Noted = Notes.Enqueue,
            },
            _disk, new NoTransport(), Failures.Enqueue);
        await RaftLogCluster.UntilAsync(() => Log.Status is { Role: Role.Leader, IsCaughtUp: true });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while ((await Log.ReadAsync(exchange => exchange.FeatureLevel, default)).Value < FeatureLevels.Supported)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }

        await FollowAsync();
    }

    public void Stop()
    {
        Log.Dispose();
        Assert.Empty(Failures);
    }

    /// <summary>Proposes every command of the committed golden logs, some of them twice.</summary>
    public async Task TradeAsync(int seed)
    {
        var random = new Random(seed);
        var commands = GoldenCommands().ToList();
        for (var i = 0; i < commands.Count; i++)
        {
            await ProposeAsync(commands[random.Next(5) == 0 ? random.Next(i + 1) : i]);
        }
    }

    public async Task ProposeAsync(ReadOnlyMemory<byte> command)
    {
        var proposal = await Log.ProposeAsync(command, ProposalWait.Applied, default);
        Assert.Equal(ProposalOutcome.Applied, proposal.Outcome);
        if (Log.Status.AppliedIndex - _twin.AppliedIndex >= 5)
        {
            await FollowAsync();
        }
    }

    /// <summary>Applies to the twin what the log has more.</summary>
    public async Task FollowAsync()
    {
        while (await Log.ReadLogAsync(_twin.AppliedIndex + 1, 1000, default) is { Count: > 0 } entries)
        {
            foreach (var applied in entries)
            {
                _twin.Apply(applied.Entry, wantsResult: false);
            }
        }

        Twin.Publish(_twin.AppliedIndex);
    }

    /// <summary>From every index on, this node gives what the twin gives.</summary>
    public async Task RequireSameFromEveryIndexAsync(long oldest = 1)
    {
        await FollowAsync();
        for (var from = oldest; from <= _twin.AppliedIndex; from++)
        {
            var page = (await History.ReadAsync(from, 1 + (int)(from % 20), default)).Page;
            Assert.True(page is not null,
                $"{from} of {oldest} is not held, but {History.OldestIndex}; {string.Join("; ", Notes)}; snapshots "
                + string.Join(" ", Snapshots));
            if (page.HeadIndex > _twin.AppliedIndex)
            {
                await FollowAsync(); // The leader writes entries of its own: what is due is done.
            }

            var expected = Twin.Read(from, page.Entries.Count)!;
            Assert.Equal(expected.Entries, page.Entries, SameEvents.Instance);
            Assert.InRange(page.NextIndex, from, expected.NextIndex);
            Assert.True(page.NextIndex > from || page.HeadIndex < from);
        }
    }

    public void Dispose()
    {
        _log?.Dispose();
        _folder.Dispose();
    }

    private static long After(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path)["events-".Length..], CultureInfo.InvariantCulture);

    private static IEnumerable<ReadOnlyMemory<byte>> GoldenCommands()
    {
        foreach (var path in System.IO.Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Order())
        {
            foreach (var line in File.ReadLines(path).Select(line => line.Split(' ')))
            {
                if (line is ["entry", _, _, "Command", var text, ..])
                {
                    var payload = Convert.FromBase64String(text);
                    if (EntryPayload.TryRead(payload, out _, out var command)
                        && CommandCodec.KindOf(command)
                            is not (null or CommandKind.SetFeatureLevel or CommandKind.Tick))
                    {
                        yield return command.ToArray();
                    }
                }
            }
        }
    }

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
