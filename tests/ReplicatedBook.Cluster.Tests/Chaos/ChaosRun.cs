using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Cluster.Tests.Chaos.Faults;
using ReplicatedBook.Cluster.Tests.Chaos.Judging;
using ReplicatedBook.Cluster.Tests.Chaos.Links;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Engine;

namespace ReplicatedBook.Cluster.Tests.Chaos;

/// <summary>Real nodes under load and faults, judged round by round.</summary>
internal sealed class ChaosRun(ChaosOptions options, Action<string> print)
{
    private const int Counters = 8;
    private const int CyclesPerRound = 20;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    private static readonly FaultKind[] CycleKinds =
        [FaultKind.KillLeader, FaultKind.PauseLeader, FaultKind.IsolateLeader];

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly LoadTally _load = new();
    private readonly FaultTally _faults = new();
    private readonly Violations _violations = new();
    private readonly FaultDraw _draw = new(options.Seed);
    private TimeSpan _underLoad;
    private int _cycles;

    /// <summary>Promises that were found broken.</summary>
    public Violations Violations => _violations;

    /// <summary>What was done to the cluster.</summary>
    public FaultTally Faults => _faults;

    /// <summary>Runs to the end.</summary>
    /// <returns>Whether every promise was kept and enough was asked.</returns>
    public async Task<bool> RunAsync()
    {
        print($"chaos: {options.Nodes} nodes, {options.Clients} clients, seed {options.Seed}");
        var links = new LinkGrid();
        try
        {
            await using var cluster = await ClusterProcesses.StartRoutedAsync(
                options.Nodes, links.Route, "--Snapshot:EveryEntries=3000", "--Snapshot:KeepEntries=500",
                "--Storage:SegmentBytes=4194304");
            try
            {
                await RunAsync(cluster, links);
            }
            catch (Exception failure)
            {
                _violations.Add("run", failure.ToString());
            }

            if (!_violations.IsEmpty)
            {
                cluster.KeepsFolder = true;
                print($"chaos: logs and data of the nodes are kept in {cluster.Folder}");
            }
        }
        finally
        {
            await links.DisposeAsync();
        }

        return Report();
    }

    private async Task RunAsync(ClusterProcesses cluster, LinkGrid links)
    {
        using var routes = new OperatorRoutes();
        var runner = new FaultRunner(cluster, links, routes, _load, _faults, _violations);
        using var stopping = new CancellationTokenSource();
        var progress = PrintAsync(runner, stopping.Token);
        try
        {
            await LeaveOutAsync(routes, cluster.Endpoints[0]);
            var stage = await Stage.BuildAsync(cluster.Client, Counters);
            var supply = new Dictionary<string, long>
            {
                [Stage.Quote] = (stage.Traders.Count + 1) * Stage.Endowment,
                [Stage.Base] = stage.Traders.Count * Stage.Endowment,
            };
            ClusterState? state = null;
            for (var number = 1; !IsOver && _violations.IsEmpty; number++)
            {
                stage = number == 1 ? stage : await stage.NextAsync(cluster.Client, Counters);
                var round = new ChaosRound(cluster, stage, options, number, state, _load, _violations);
                var began = _clock.Elapsed;
                await HarmAsync(runner, began);
                _underLoad += _clock.Elapsed - began;
                (state, var summary) = await round.FinishAsync(supply);
                print($"chaos: round {number}: {summary}");
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await progress;
        }
    }

    private bool IsOver => options.Cycles > 0 ? _cycles >= options.Cycles : _clock.Elapsed >= options.Duration;

    private async Task LeaveOutAsync(OperatorRoutes routes, Uri node)
    {
        if (!await routes.ExistsAsync(node, "v1/cluster/members"))
        {
            _draw.LeaveOut(FaultKind.Membership);
            _faults.Note("membership changes left out: the nodes have no route for them");
        }

        if (!await routes.ExistsAsync(node, "v1/cluster/snapshots"))
        {
            _faults.Note("snapshots not asked for: the nodes have no route for it, they take them by themselves");
        }
    }

    private async Task HarmAsync(FaultRunner runner, TimeSpan began)
    {
        await runner.ProgressAsync("at the beginning");
        if (options.Cycles > 0)
        {
            for (var i = 0; i < CyclesPerRound && !IsOver; i++)
            {
                await runner.CycleAsync(
                    CycleKinds[_cycles % CycleKinds.Length], new RandomStream(options.Seed, "cycle", _cycles));
                _cycles++;
            }

            return;
        }

        while (!IsOver && _clock.Elapsed - began < options.Round)
        {
            var (kind, second, chance) = _draw.Next();
            await runner.RunAsync(kind, second, chance);
            await Pause.ForAsync(TimeSpan.FromMilliseconds(chance.Number(100, 800)));
        }
    }

    private async Task PrintAsync(FaultRunner runner, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(ProgressEvery);
        var before = 0L;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                var rate = (_load.Acknowledged - before) / ProgressEvery.TotalSeconds;
                before = _load.Acknowledged;
                print(string.Create(
                    CultureInfo.InvariantCulture,
                    $"chaos: {_clock.Elapsed.TotalSeconds,4:f0} s, {_faults.Total} faults, {before} writes acknowledged"
                    + $" ({rate:f0}/s), {_load.Unknown} unknown, {_load.NotExecuted} not executed, {_load.Reads} reads"
                    + $"; {runner.Doing}"));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private bool Report()
    {
        var rate = _underLoad > TimeSpan.Zero ? _load.Acknowledged / _underLoad.TotalSeconds : 0;
        _violations.Require(
            rate >= options.LeastWritesPerSecond, "void",
            () => string.Create(
                CultureInfo.InvariantCulture,
                $"{rate:f1} writes acknowledged per second of load, {options.LeastWritesPerSecond} are the least"));
        var missing = _draw.Kinds.Where(kind => _faults[kind] == 0).Order().ToArray();
        _violations.Require(
            options.Cycles > 0 || missing.Length == 0 || _faults.Total < 2 * _draw.Kinds.Count, "void",
            () => $"never made: {string.Join(", ", missing)}");
        print("chaos: faults");
        foreach (var line in _faults.Lines())
        {
            print(line);
        }

        if (options.Cycles > 0)
        {
            var (lost, doubled) = (_violations["lost_ack"], _violations["at_most_once"]);
            var divergent = _violations["replica_state"] + _violations["replica_hashes"] + _violations["digests"];
            print($"chaos: {_cycles} cycles: {lost} lost, {doubled} doubled, {divergent} divergent");
        }

        print(string.Create(
            CultureInfo.InvariantCulture,
            $"chaos: writes {_load.Acknowledged} acknowledged ({rate:f0}/s), {_load.Refused} refused, "
            + $"{_load.NotExecuted} not executed, {_load.Unknown} unknown at first; {_load.Reads} reads; "
            + $"{_load.Repeats} repeated on purpose"));
        foreach (var line in _violations.Lines())
        {
            print(line);
        }

        var verdict = _violations.IsEmpty ? "PASS" : "FAIL";
        print(string.Create(
            CultureInfo.InvariantCulture,
            $"CHAOS {verdict} seed={options.Seed} minutes={_clock.Elapsed.TotalMinutes:f1}"));
        return _violations.IsEmpty;
    }
}
