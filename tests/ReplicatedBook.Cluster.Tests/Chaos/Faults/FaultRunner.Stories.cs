using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <content>Faults that are a whole story with an end of their own.</content>
internal sealed partial class FaultRunner
{
    private static readonly TimeSpan StoryLimit = TimeSpan.FromSeconds(60);

    private Task TellAsync(FaultKind kind, RandomStream chance) => kind switch
    {
        FaultKind.KillAll => KillAllAsync(chance),
        FaultKind.RollingRestart => RollAsync(chance),
        FaultKind.Transfer => TransferAsync(),
        FaultKind.SnapshotInstall => InstallSnapshotAsync(chance),
        FaultKind.Damage => DamageAsync(chance),
        FaultKind.Membership => ChangeMembershipAsync(chance),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private async Task KillAllAsync(RandomStream chance)
    {
        await Task.WhenAll(cluster.Names.Select(cluster.KillAsync));
        foreach (var name in cluster.Names)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(0, 300)));
            cluster.Start(name);
        }
    }

    private async Task RollAsync(RandomStream chance)
    {
        var first = chance.Position(cluster.Names.Count);
        foreach (var name in cluster.Names.Skip(first).Concat(cluster.Names.Take(first)))
        {
            await cluster.StopAsync(name);
            cluster.Start(name);
            await cluster.WaitReadyAsync();
        }
    }

    private async Task TransferAsync()
    {
        var begun = ChaosClock.Now;
        var answer = await cluster.Client.At(cluster.Endpoints[0], TimeSpan.FromSeconds(6)).TransferLeaderAsync(null);
        if (!answer.IsCommitted)
        {
            tally.Note($"transfer not done: {answer.Problem?.Code ?? answer.Cause}");
            return;
        }

        try
        {
            var acknowledged = await load.AcknowledgedAfterAsync(ChaosClock.Now).WaitAsync(ProgressLimit);
            tally.AddTransfer((acknowledged - begun) / 1e3);
        }
        catch (TimeoutException)
        {
            // Recovery waits for progress, too, and judges.
        }
    }

    private async Task InstallSnapshotAsync(RandomStream chance)
    {
        var follower = (await FollowerAsync(chance))!;
        var last = (await cluster.At(follower).GetNodeAsync()).Value?.LastLogIndex ?? 0;
        await cluster.KillAsync(follower);
        try
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(1000, 4000)));
            foreach (var name in cluster.Names.Where(name => name != follower))
            {
                await routes.SendAsync(cluster.Endpoint(name), HttpMethod.Post, "v1/cluster/snapshots");
            }

            await Patience.UntilAsync(
                async () => (await cluster.ProbeNodesAsync(follower)).All(node => node.FirstLogIndex > last + 1)
                    ? this
                    : null,
                StoryLimit, () => "not compacted");
        }
        catch (TimeoutException)
        {
            tally.Note("followers brought back before the log was compacted");
        }

        cluster.Start(follower);
        var way = await Patience.UntilAsync(
            async () => Member((await cluster.Client.GetClusterAsync()).Value, follower)?.CaughtUpBy,
            StoryLimit, () => $"{follower} does not catch up:\n{cluster.LogOf(follower)}");
        tally.Note($"followers brought back by {(way == "snapshot" ? "a snapshot" : "the log")}");
    }

    /// <summary>A damaged node must come back by itself or refuse to start; it must not take part as if nothing had
    /// been. Nobody else is harmed meanwhile.</summary>
    private async Task DamageAsync(RandomStream chance)
    {
        var node = (await FollowerAsync(chance))!;
        await (chance.Chance(500) ? cluster.KillAsync(node) : cluster.StopAsync(node));
        using var damage = LogDamage.Do(cluster.DataOf(node), chance);
        var least = (await cluster.At(await cluster.LeaderAsync(except: node)).GetNodeAsync()).Value?.CommitIndex ?? 0;
        cluster.Start(node);
        try
        {
            await Patience.UntilAsync(
                async () => cluster.HasExited(node) || await IsBackAsync(node, least) ? this : null, StoryLimit,
                () => $"{node} did not come back after damage ({damage.Kind}):\n{cluster.LogOf(node)}");
        }
        catch (TimeoutException failure)
        {
            violations.Add("damage", failure.Message);
            await cluster.KillAsync(node);
        }

        if (!cluster.HasExited(node))
        {
            tally.Note($"damage ({damage.Kind}): the node came back by itself");
            return;
        }

        tally.Note(
            $"damage ({damage.Kind}): found, not repaired; the node refused to start and its folder was restored");
        damage.Undo();
        cluster.Start(node);
    }

    private async Task<bool> IsBackAsync(string node, long least)
    {
        var at = cluster.At(node);
        return await at.IsReadyAsync() && (await at.GetNodeAsync()).Value?.AppliedIndex >= least;
    }
}
