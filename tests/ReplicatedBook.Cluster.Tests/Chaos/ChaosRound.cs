using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Chaos.Judging;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>One round: load from clients, whatever happens to the cluster meanwhile, and the judgement of all that the
/// clients were told.</summary>
internal sealed class ChaosRound
{
    /// <summary>Longer than a request may wait in a node: after it, what did not enter the log never will.</summary>
    private static readonly TimeSpan DeadlinesOver = TimeSpan.FromSeconds(2.5);

    private readonly ClusterProcesses _cluster;
    private readonly Violations _violations;
    private readonly ClusterState? _before;
    private readonly ClientCrowd _crowd;
    private readonly FeedFollower _feed;

    /// <summary>Starts the clients.</summary>
    /// <param name="cluster">Whole and ready.</param>
    /// <param name="stage">With counting accounts that were never used.</param>
    /// <param name="options">Of the run.</param>
    /// <param name="number">Number of the round, from 1.</param>
    /// <param name="before">State at rest before the stage of this round was set; null when all is new.</param>
    /// <param name="tally">Counts what clients meet.</param>
    /// <param name="violations">Receives what is wrong.</param>
    public ChaosRound(
        ClusterProcesses cluster, Stage stage, ChaosOptions options, int number, ClusterState? before, LoadTally tally,
        Violations violations)
    {
        (_cluster, _violations, _before) = (cluster, violations, before);
        var facts = new FeedFacts(stage.Counters, stage.Fought);
        _feed = new FeedFollower(cluster, (before?.Index ?? 0) + 1, facts, violations);
        _crowd = new ClientCrowd(cluster, stage, options.Clients, options.Seed, number, tally);
    }

    /// <summary>Stops the clients and judges. All faults must be over and all nodes ready.</summary>
    /// <param name="supply">Units of each asset paid in before; what this round paid in is added.</param>
    /// <returns>The state at rest, and what was judged, in a line.</returns>
    public async Task<(ClusterState State, string Summary)> FinishAsync(Dictionary<string, long> supply)
    {
        var operations = await _crowd.StopAsync();
        await Pause.ForAsync(DeadlinesOver);
        (await _cluster.Client.CreateAccountAsync(new() { Label = "marker" })).Require();
        var unknown = await Resolution.RunAsync(_cluster, operations);
        var index = await _cluster.WaitEqualAsync();
        await _feed.StopAsync(index);
        foreach (var operation in operations.Where(operation => operation.IsAcknowledged))
        {
            supply[Stage.Quote] += operation.Request.Ask switch
            {
                Ask.Deposit => operation.Request.Amount,
                Ask.Withdraw => -operation.Request.Amount,
                _ => 0,
            };
        }

        var (objects, judged) = LinearizabilityJudge.Judge(operations, _violations);
        IndexJudge.Judge(operations, _violations);
        EffectJudge.Judge(operations, _feed.Facts, _violations);
        var trades = Replay();
        using var states = new StateJudge(_cluster, _violations);
        var state = await states.JudgeAsync(supply);
        var repeats = operations.Sum(operation => operation.Repeats.Count);
        var refused = operations.Count(operation => operation.Ending == Ending.NotExecuted);
        var complete = _feed.Facts.CompleteBelow == long.MaxValue
            ? "whole"
            : $"only below {_feed.Facts.CompleteBelow}";
        return (state, $"{operations.Count} operations, {judged} of them on {objects} objects linearizable, "
            + $"{unknown} unknown ones resolved, {refused} not executed, {repeats} repeated, {trades} trades replayed, "
            + $"feed {complete}, equal states at {state.Index}");
    }

    private int Replay()
    {
        var replay = new BookReplay();
        if (_before is not null)
        {
            using var books = JsonDocument.Parse(_before.Parts["books"]);
            var market = books.RootElement.EnumerateArray()
                .Single(book => book.GetProperty("instrument").GetString() == Stage.Market);
            foreach (var side in new[] { "bids", "asks" })
            {
                foreach (var order in market.GetProperty(side).EnumerateArray())
                {
                    replay.Rest(
                        order[2].GetString()!, side == "bids" ? "buy" : "sell", Money.Units(order[0].GetString()!),
                        Money.Units(order[1].GetString()!));
                }
            }
        }

        var facts = _feed.Facts;
        return replay.Judge([.. facts.Market.Where(fact => fact.Index < facts.CompleteBelow)], _violations);
    }
}
