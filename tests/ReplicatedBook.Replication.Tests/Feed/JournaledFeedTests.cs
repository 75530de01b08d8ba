using ReplicatedBook.Consensus;
using ReplicatedBook.Replication.Feed;
using ReplicatedBook.Replication.Storage;
using ReplicatedBook.Replication.Tests.Port;
using ReplicatedBook.Replication.Tests.Storage;
using Xunit;

namespace ReplicatedBook.Replication.Tests.Feed;

/// <summary>Goal: the feed reaches back as far as the oldest snapshot, and what the disk gives is what memory gave.
/// Method: a node with a ring of eight entries beside a feed that forgets nothing, compared from every index. The
/// commands are those of the golden logs: every kind, of all markets, with retries and refusals.</summary>
public sealed class JournaledFeedTests : IDisposable
{
    private readonly JournaledNode _node = new();

    [Fact]
    public async Task The_journal_gives_what_the_ring_gave_also_after_restarts()
    {
        await _node.StartAsync();
        await _node.TradeAsync(seed: 1);
        await _node.RequireSameFromEveryIndexAsync();
        for (var seed = 2; seed <= 3; seed++)
        {
            _node.Stop();
            await _node.StartAsync();
            await _node.RequireSameFromEveryIndexAsync();
            await _node.TradeAsync(seed);
            await _node.RequireSameFromEveryIndexAsync();
        }

        Assert.True(_node.JournalFiles.Count() > 2);
        Assert.Equal(1, _node.History.OldestIndex);
        Assert.Empty(_node.Notes); // Nothing had to be made anew.
        Assert.All(
            _node.JournalFiles,
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(path).UnixFileMode));
    }

    /// <summary>Goal: what power loss or a bad disk leaves is made whole at the next start. Method: files are cut,
    /// changed, emptied or removed while the node is down.</summary>
    [Theory]
    [InlineData("all removed")]
    [InlineData("first removed")]
    [InlineData("second removed")]
    [InlineData("last cut")]
    [InlineData("first changed")]
    [InlineData("last zeroed")]
    [InlineData("other events")]
    public async Task What_is_lost_of_the_journal_is_made_anew_from_the_log(string loss)
    {
        _node.SnapshotEvery = 150;
        _node.Journal = _node.Journal with { SegmentBytes = 1 << 10 };
        await _node.StartAsync();
        await _node.TradeAsync(seed: 4);
        await _node.TradeAsync(seed: 5);
        await RaftLogCluster.UntilAsync(() => _node.Log.Status.SnapshotIndex >= 300);
        while (_node.Log.Status is var status
            && (status.AppliedIndex % 150 is < 10 or > 140
                || status.SnapshotIndex != status.AppliedIndex - (status.AppliedIndex % 150)))
        {
            // So that the start, which applies again what is behind the newest snapshot, takes none itself.
            await _node.ProposeAsync(Commands.CreateAccount("behind the snapshot"));
        }

        _node.Stop();
        var oldest = _node.Snapshots[0] + 1;
        Lose(loss, _node.NeededJournalFiles(), _node.Snapshots[^1]);

        await _node.StartAsync();

        await _node.RequireSameFromEveryIndexAsync(oldest);
        Assert.True(
            loss == "last zeroed" || _node.Notes.Any(note => note.Contains("made anew", StringComparison.Ordinal)));
        await _node.TradeAsync(seed: 6);
        await _node.RequireSameFromEveryIndexAsync(_node.Snapshots[^1] + 1);
    }

    [Fact]
    public async Task The_journal_goes_with_the_snapshots_and_says_where_it_begins()
    {
        _node.SnapshotEvery = 100;
        await _node.StartAsync();
        for (var seed = 7; _node.Log.Status.SnapshotIndex < 800; seed++)
        {
            await _node.TradeAsync(seed);
        }

        await RaftLogCluster.UntilAsync(() => _node.History.OldestIndex > 500);

        var oldest = _node.History.OldestIndex;
        Assert.True(oldest <= _node.Log.OldestIndex + 1);
        Assert.Equal(default, await _node.History.ReadAsync(oldest - 1, 1, default));
        await _node.RequireSameFromEveryIndexAsync(oldest);
        _node.Stop();
        await _node.StartAsync();
        await _node.RequireSameFromEveryIndexAsync(oldest);
    }

    [Fact]
    public async Task What_the_queue_had_to_forget_is_made_anew_while_the_node_runs()
    {
        _node.Journal = _node.Journal with { MaxWaitingEntries = 3, WriteInterval = TimeSpan.FromMilliseconds(50) };
        await _node.StartAsync();
        await _node.TradeAsync(seed: 20);

        await _node.RequireSameFromEveryIndexAsync();

        Assert.Contains(_node.Notes, note => note.Contains("made anew", StringComparison.Ordinal));
        Assert.Equal(0, _node.History.JournalLosses);
    }

    /// <summary>Goal: no gap and no repetition between disk and memory. Method: readers of different pace follow from
    /// the beginning while the node trades.</summary>
    [Fact]
    public async Task Readers_go_from_disk_to_memory_without_gap_or_repetition()
    {
        await _node.StartAsync();
        var trading = _node.TradeAsync(seed: 30);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(1, 4).Select(pace => FollowAsync(pace, stop.Token)).ToArray();
        await trading;
        await _node.TradeAsync(seed: 31);
        await _node.FollowAsync();
        var head = _node.Twin.HeadIndex;
        await RaftLogCluster.UntilAsync(() => readers.All(reader => reader.IsCompleted) || IsRead(head));
        await stop.CancelAsync();

        var expected = _node.Twin.Read(1, int.MaxValue)!.Entries;
        foreach (var reader in readers)
        {
            Assert.Equal(expected, (await reader).Where(entry => entry.Index <= head), SameEvents.Instance);
        }
    }

    [Fact]
    public async Task A_disk_without_room_costs_the_journal_and_not_the_node()
    {
        var disk = new JournalFullDisk(new DurableDisk());
        using var node = new JournaledNode(disk) { SnapshotEvery = 100 };
        await node.StartAsync();
        await node.TradeAsync(seed: 40);

        disk.IsFull = true;
        await node.ProposeAsync(Commands.CreateAccount("while full"));
        await RaftLogCluster.UntilAsync(() => node.History.JournalLosses > 0);
        Assert.Contains(
            node.Notes, note => note.StartsWith("the journal of events is given up", StringComparison.Ordinal));
        Assert.Empty(node.JournalFiles);
        Assert.Equal(node.Log.Feed.OldestIndex, node.History.OldestIndex);

        disk.IsFull = false;
        for (var before = node.Log.Status.SnapshotIndex; node.Log.Status.SnapshotIndex == before;)
        {
            await node.ProposeAsync(Commands.CreateAccount("after"));
        }

        await RaftLogCluster.UntilAsync(() => node.History.OldestIndex != node.Log.Feed.OldestIndex
            || node.History.JournalBytes > 0);
        for (var i = 0; i < 30; i++)
        {
            await node.ProposeAsync(Commands.CreateAccount("later"));
        }

        Assert.True(node.History.OldestIndex < node.Log.Feed.OldestIndex);
        await node.RequireSameFromEveryIndexAsync(node.History.OldestIndex);
        Assert.Empty(node.Failures);
    }

    [Fact]
    public async Task The_journal_of_a_node_that_has_diverged_is_removed_and_not_kept_aside()
    {
        await _node.StartAsync();
        _node.Stop();
        Assert.NotEmpty(_node.JournalFiles);
        DivergenceMark.Write(new DurableDisk(), _node.Directory, new StorageIdentity("test", "n1"), "test");

        DivergenceMark.SetAsideIfMarked(new DurableDisk(), _node.Directory, new StorageIdentity("test", "n1"));

        Assert.Empty(_node.JournalFiles);
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_node.Directory, "*", SearchOption.AllDirectories),
            path => JournalSegment.IsName(Path.GetFileName(path)));
    }

    /// <summary>Goal: a hole is refused, never passed over. Method: a follower misses more than its leader's log keeps;
    /// it is brought back by a snapshot, and its feed begins behind that, at once and after a restart.</summary>
    [Fact]
    public async Task What_a_snapshot_from_the_leader_skipped_is_refused()
    {
        var options = new ReplicaOptions
        {
            Raft = null!,
            SnapshotEveryEntries = 50,
            KeepEntries = 10,
            MaxFeedEntries = 8,
        };
        await using var cluster = new RaftLogCluster(options: options, journal: new JournalOptions());
        var leader = await cluster.LeaderAsync();
        for (var i = 0; i < 30; i++)
        {
            await cluster.ProposeAsync(Commands.CreateAccount($"a{i}"));
        }

        var follower = cluster.Nodes.First(node => node.Id != leader.Id);
        await RaftLogCluster.UntilAsync(() => follower.Log.Status.AppliedIndex >= 30);
        cluster.Stop(follower);
        for (var i = 0; i < 400; i++)
        {
            await cluster.ProposeAsync(Commands.CreateAccount($"b{i}"));
        }

        await RaftLogCluster.UntilAsync(
            () => cluster.Log(leader.Id).Status.FirstLogIndex > 40 || leader.Log.Status.Role != Role.Leader);
        var back = cluster.Restart(follower.Id);
        await RaftLogCluster.UntilAsync(() => back.Log.Status.InstalledSnapshots > 0);
        for (var i = 0; i < 30; i++)
        {
            await cluster.ProposeAsync(Commands.CreateAccount($"c{i}"));
        }

        for (var start = 0; start < 2; start++)
        {
            var history = cluster.Log(back.Id).History;

            // Until its thread has seen the snapshot, the journal still has what was applied here before it.
            await RaftLogCluster.UntilAsync(() => history.OldestIndex > 40);
            var applied = cluster.Log(back.Id).Status.AppliedIndex;
            Assert.Equal(default, await history.ReadAsync(31, 1, default));
            var oldest = history.OldestIndex;
            Assert.Equal(default, await history.ReadAsync(oldest - 1, 1, default));
            await RequireSameAsync(history, cluster.Log(leader.Id).History, oldest, applied);
            cluster.Stop(back);
            back = cluster.Restart(back.Id);
            await RaftLogCluster.UntilAsync(() => back.Log.Status.IsCaughtUp);
        }
    }

    public void Dispose() => _node.Dispose();

    private readonly long[] _read = new long[5];

    private bool IsRead(long head) => _read.Skip(1).All(next => Volatile.Read(ref next) > head);

    private async Task<List<FeedEntry>> FollowAsync(int pace, CancellationToken stop)
    {
        var read = new List<FeedEntry>();
        var next = 1L;
        while (!stop.IsCancellationRequested)
        {
            var page = (await _node.History.ReadAsync(next, pace, default)).Page;
            Assert.NotNull(page);
            Assert.True(page.Entries.Count <= pace);
            read.AddRange(page.Entries);
            next = page.NextIndex;
            Volatile.Write(ref _read[pace], next);
            if (page.Entries.Count == 0)
            {
                try
                {
                    await _node.History.WaitAsync(next, stop);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }
        }

        return read;
    }

    private static async Task RequireSameAsync(EventHistory one, EventHistory other, long from, long to)
    {
        var (first, second) = (new List<FeedEntry>(), new List<FeedEntry>());
        foreach (var (history, read) in new[] { (one, first), (other, second) })
        {
            for (var next = from; next <= to;)
            {
                var page = (await history.ReadAsync(next, 5, default)).Page;
                Assert.NotNull(page);
                read.AddRange(page.Entries.Where(entry => entry.Index <= to));
                next = page.NextIndex;
            }
        }

        Assert.NotEmpty(first);
        Assert.Equal(second, first, SameEvents.Instance);
    }

    private static void Lose(string loss, string[] files, long snapshot)
    {
        Assert.True(files.Length > 2);
        switch (loss)
        {
            case "all removed":
                Array.ForEach(files, File.Delete);
                break;
            case "first removed":
                File.Delete(files[0]);
                break;
            case "second removed":
                File.Delete(files[1]);
                break;
            case "last cut":
                Array.ForEach(files[2..], File.Delete);
                File.WriteAllBytes(files[1], File.ReadAllBytes(files[1])[..700]);
                break;
            case "first changed":
                var content = File.ReadAllBytes(files[0]);
                content[600] ^= 4;
                File.WriteAllBytes(files[0], content);
                break;
            case "last zeroed":
                File.WriteAllBytes(files[^1], new byte[4096]);
                File.WriteAllBytes(files[^2], new byte[4096]);
                break;
            default:
                Falsify(files, snapshot);
                break;
        }
    }

    /// <summary>Files that are valid, but of another history since the newest snapshot.</summary>
    private static void Falsify(string[] files, long snapshot)
    {
        var directory = Path.GetDirectoryName(files[0])!;
        var journal = new EventJournal(
            new DurableDisk(), directory, new StorageIdentity("test", "n1"), new JournalOptions(), _ => { });
        var after = journal.Open(long.MaxValue)!.Value;
        var entries = new List<FeedEntry>();
        var next = after + 1;
        while (journal.Read(next, 100) is { } page)
        {
            entries.AddRange(page.Entries);
            next = page.NextIndex;
        }

        var place = entries.FindIndex(entry => entry.Index > snapshot);
        var changed = entries[place].Events.ToArray();
        changed[^1] ^= 1;
        entries[place] = entries[place] with { Events = changed };
        journal.Restart(after);
        journal.Append(entries, entries[^1].Index);
        journal.Dispose();
    }
}
