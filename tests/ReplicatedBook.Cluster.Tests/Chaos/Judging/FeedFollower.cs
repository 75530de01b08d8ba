using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>Reads the feed while nodes fail, from whichever node answers, and checks that nothing is missing, doubled
/// or out of order.</summary>
internal sealed class FeedFollower
{
    private const int PageItems = 1000;
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(60);

    private readonly ClusterProcesses _cluster;
    private readonly Violations _violations;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private long _next;
    private (long Index, int Seq) _last;
    private bool _isEntryOpen;
    private int _at;

    /// <summary>Begins to read.</summary>
    /// <param name="cluster">Whose nodes are asked in turn.</param>
    /// <param name="from">First index.</param>
    /// <param name="facts">Receives what is read.</param>
    /// <param name="violations">Receives what is wrong.</param>
    public FeedFollower(ClusterProcesses cluster, long from, FeedFacts facts, Violations violations)
    {
        (_cluster, _next, Facts, _violations) = (cluster, from, facts, violations);
        _running = Task.Run(RunAsync);
    }

    /// <summary>What was read. To be used after <see cref="StopAsync"/>.</summary>
    public FeedFacts Facts { get; }

    /// <summary>Reads up to an index and ends.</summary>
    /// <exception cref="TimeoutException">No node told so much.</exception>
    public async Task StopAsync(long upTo)
    {
        await Patience.UntilAsync(
            () => Task.FromResult(Volatile.Read(ref _next) > upTo || _running.IsCompleted ? this : null), CatchUpLimit,
            () => $"the feed stays at {_next}, {upTo} is wanted");
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var nodes = _cluster.Names
            .Select(name => _cluster.Client.At(_cluster.Endpoint(name), TimeSpan.FromSeconds(2))).ToArray();
        var refusals = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var answer = await nodes[_at].GetFeedAsync(_next, PageItems);
            if (answer.Value is { Items.Count: > 0 } page)
            {
                refusals = 0;
                Take(page);
                continue;
            }

            if (answer.Value is { } empty && empty.NextIndex > _next)
            {
                Volatile.Write(ref _next, empty.NextIndex); // Entries without events.
                continue;
            }

            refusals = answer.Problem is { Code: "index_compacted" } ? refusals + 1 : 0;
            if (refusals > 10 * nodes.Length && answer.Problem!.OldestIndex is { } oldest)
            {
                // All nodes were restarted from snapshots beyond what had been read.
                Facts.CompleteBelow = Math.Min(Facts.CompleteBelow, _next);
                (_next, _last, _isEntryOpen, refusals) = (oldest, default, false, 0);
            }

            _at = (_at + 1) % nodes.Length;
            await PauseAsync();
        }
    }

    private async Task PauseAsync()
    {
        try
        {
            await Pause.ForAsync(IdlePause, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // The loop sees it.
        }
    }

    private void Take(FeedResponse page)
    {
        foreach (var item in page.Items)
        {
            var follows = item.Index == _last.Index
                ? _isEntryOpen && item.Seq == _last.Seq + 1
                : !_isEntryOpen && item.Index > _last.Index && item.Index >= _next && item.Seq == 0;
            _violations.Require(
                follows, "feed_order", () => $"{item.Index}.{item.Seq} ({item.Type}) follows {_last}, from {_next}");
            (_last, _isEntryOpen) = ((item.Index, item.Seq), item.Type != "batch_end");
            if (item.Type == "batch_end")
            {
                _violations.Require(
                    item.Data.GetProperty("events").GetInt32() == item.Seq, "feed_order",
                    () => $"{item.Index} has another number of events than it says");
            }

            Facts.Add(item);
        }

        Volatile.Write(ref _next, page.NextIndex);
    }
}
