using ReplicatedBook.Cluster.Tests.Chaos.Judging;
using ReplicatedBook.Cluster.Tests.Chaos.Links;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos.Faults;

/// <summary>Harms a cluster under load and makes it whole again. One caller.</summary>
internal sealed partial class FaultRunner(
    ClusterProcesses cluster, LinkGrid links, OperatorRoutes routes, LoadTally load, FaultTally tally,
    Violations violations)
{
    private static readonly TimeSpan ProgressLimit = TimeSpan.FromSeconds(30);

    private readonly HashSet<string> _touched = [];

    /// <summary>What is being done, for progress lines.</summary>
    public string Doing { get; private set; } = "nothing";

    /// <summary>Makes one fault, or two at once, and waits until all nodes are ready again and writes are
    /// acknowledged.</summary>
    /// <param name="kind">The fault.</param>
    /// <param name="second">Another that begins while it lasts; none for none.</param>
    /// <param name="chance">Draws nodes and times.</param>
    public async Task RunAsync(FaultKind kind, FaultKind second, RandomStream chance)
    {
        _touched.Clear();
        Doing = second == FaultKind.None ? $"{kind}" : $"{kind} and {second}";
        tally.Count(kind);
        if (FaultDraw.IsHeld(kind))
        {
            await HoldAsync(kind, second, chance);
        }
        else
        {
            await TellAsync(kind, chance);
        }

        Doing = $"recovering from {Doing}";
        await RecoverAsync();
        Doing = "nothing";
    }

    /// <summary>Makes a fault of the leader and ends it as soon as writes are acknowledged again.</summary>
    public async Task CycleAsync(FaultKind kind, RandomStream chance)
    {
        _touched.Clear();
        Doing = $"{kind}";
        tally.Count(kind);
        var before = tally.Failovers.Count;
        var (heal, failover) = await BeginAsync(kind, chance);
        await failover;
        violations.Require(tally.Failovers.Count > before, "failover", () => $"{kind}: no write went on");
        await heal();
        await RecoverAsync();
        Doing = "nothing";
    }

    /// <summary>Waits until a write that begins now is acknowledged.</summary>
    public async Task ProgressAsync(string after)
    {
        var acknowledged = load.AcknowledgedAfterAsync(ChaosClock.Now);
        try
        {
            await acknowledged.WaitAsync(ProgressLimit);
        }
        catch (TimeoutException)
        {
            violations.Add("liveness", $"no write was acknowledged within {ProgressLimit.TotalSeconds} s {after}");
        }
    }

    private async Task HoldAsync(FaultKind kind, FaultKind second, RandomStream chance)
    {
        var (heal, failover) = await BeginAsync(kind, chance);
        Func<Task>? healSecond = null;
        if (second != FaultKind.None)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(50, 1000)));
            (healSecond, _) = await BeginAsync(second, chance, isSecond: true);
        }

        await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(800, 3500)));
        await heal();
        if (healSecond is not null)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(1, 1000)));
            await healSecond();
        }

        await failover;
    }

    private async Task RecoverAsync()
    {
        var healed = ChaosClock.Now;
        await cluster.WaitReadyAsync();
        foreach (var name in cluster.Names.Where(cluster.HasExited))
        {
            violations.Add("node_died", $"{name} ended by itself, {Doing}:\n{cluster.LogOf(name)}");
            cluster.Start(name);
        }

        await ProgressAsync($"after {Doing}");
        tally.AddRecovery((ChaosClock.Now - healed) / 1e3);
    }

    /// <summary>Begins a fault that lasts.</summary>
    /// <returns>What ends it; and a task that ends when the next write was acknowledged, if it is a fault of the
    /// leader, else is over.</returns>
    private async Task<(Func<Task> Heal, Task Failover)> BeginAsync(
        FaultKind kind, RandomStream chance, bool isSecond = false)
    {
        var isOfLeader = kind is FaultKind.KillLeader or FaultKind.PauseLeader or FaultKind.IsolateLeader
            or FaultKind.LeaderMute or FaultKind.LeaderDeaf or FaultKind.HoldLeader;
        var node = isOfLeader ? await cluster.LeaderAsync()
            : isSecond ? Untouched(chance)
            : await FollowerAsync(chance);
        if (node is null)
        {
            return (() => Task.CompletedTask, Task.CompletedTask);
        }

        if (isSecond)
        {
            tally.Count(kind); // Only now: there may be no node left for it.
        }

        _touched.Add(node);
        var begun = ChaosClock.Now;
        var heal = await InjectAsync(kind, node, chance);
        var isLost = kind is FaultKind.KillLeader or FaultKind.PauseLeader or FaultKind.IsolateLeader;
        return (heal, isLost ? FailoverAsync(begun) : Task.CompletedTask);
    }

    private async Task FailoverAsync(long begun)
    {
        try
        {
            var acknowledged = await load.AcknowledgedAfterAsync(ChaosClock.Now).WaitAsync(ProgressLimit);
            tally.AddFailover((acknowledged - begun) / 1e3);
        }
        catch (TimeoutException)
        {
            violations.Add("liveness", $"no write was acknowledged within {ProgressLimit.TotalSeconds} s of {Doing}");
        }
    }

    private async Task<Func<Task>> InjectAsync(FaultKind kind, string node, RandomStream chance)
    {
        string[] one = [node];
        string[] others = [.. cluster.Names.Where(name => name != node)];
        switch (kind)
        {
            case FaultKind.KillLeader or FaultKind.KillFollower:
                await cluster.KillAsync(node);
                return () => StartAsync(node);
            case FaultKind.PauseLeader or FaultKind.PauseFollower:
                cluster.Pause(node);
                return () => ResumeAsync(node);
            case FaultKind.IsolateLeader or FaultKind.IsolateFollower:
                links.SetBetween(one, others, LinkMode.Drop);
                break;
            case FaultKind.LeaderMute:
                links.SetAll(one, others, LinkMode.Drop);
                break;
            case FaultKind.LeaderDeaf:
                links.SetAll(others, one, LinkMode.Drop);
                break;
            case FaultKind.Bridge:
                links.SetBetween(one, [others[chance.Position(others.Length)]], LinkMode.Drop);
                break;
            case FaultKind.Split:
                string[] group = [node, .. others.Where(_ => chance.Chance(500))];
                links.SetBetween(group, [.. others.Except(group)], LinkMode.Drop);
                break;
            case FaultKind.Flap:
                return Flap(one, others, chance);
            case FaultKind.HoldLeader:
                links.SetBetween(one, others, LinkMode.Hold);
                break;
            case FaultKind.SlowLinks:
                var lateness = TimeSpan.FromMilliseconds(chance.Number(2, 40));
                links.SetBetween(cluster.Names, cluster.Names, LinkMode.Delay, lateness);
                break;
            case FaultKind.ResetLinks:
                links.SetBetween(cluster.Names, cluster.Names, LinkMode.Reset);
                links.Heal();
                break;
            case FaultKind.Transfer:
                await TransferAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }

        return HealLinksAsync;
    }

    private Func<Task> Flap(string[] one, string[] others, RandomStream chance)
    {
        var stopping = new CancellationTokenSource();
        var flapping = Task.Run(async () =>
        {
            for (var isCut = true; !stopping.IsCancellationRequested; isCut = !isCut)
            {
                links.SetBetween(one, others, isCut ? LinkMode.Drop : LinkMode.Pass);
                await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(50, 500)));
            }
        });
        return async () =>
        {
            await stopping.CancelAsync();
            await flapping;
            stopping.Dispose();
            links.Heal();
        };
    }

    private Task HealLinksAsync()
    {
        links.Heal();
        return Task.CompletedTask;
    }

    private Task StartAsync(string node)
    {
        cluster.Start(node);
        return Task.CompletedTask;
    }

    private Task ResumeAsync(string node)
    {
        cluster.Resume(node);
        return Task.CompletedTask;
    }

    private async Task<string?> FollowerAsync(RandomStream chance)
    {
        var leader = await cluster.LeaderAsync();
        string[] followers = [.. cluster.Names.Where(name => name != leader)];
        return followers[chance.Position(followers.Length)];
    }

    private string? Untouched(RandomStream chance)
    {
        string[] left = [.. cluster.Names.Where(name => !_touched.Contains(name))];
        return left.Length == 0 ? null : left[chance.Position(left.Length)];
    }
}
