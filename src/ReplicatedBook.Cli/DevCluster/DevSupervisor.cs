using System.Runtime.InteropServices;
using ReplicatedBook.Cli.Output;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Starts a development cluster, holds it until told to end, and stops it.</summary>
internal sealed class DevSupervisor(DevClusterOptions options) : IDisposable
{
    /// <summary>What is printed last when a start went well.</summary>
    public const string LastLine =
        "Ctrl-C or scripts/rb dev down stops it; scripts/start.sh continues where it was, --fresh starts anew.";

    private static readonly TimeSpan ElectionLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private ReplicatedBookClient _client = new(options.Plans.Select(plan => plan.Endpoint));
    private readonly DevClusterNodes _nodes = new(options.Folder, options.Plans);
    private readonly StepPrinter _steps = new(Console.Out);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Runs until SIGINT or SIGTERM.</summary>
    /// <returns>Exit code of rb.</returns>
    /// <exception cref="UsageException">It cannot be started: ports busy, another one running, a folder that is not
    /// ours.</exception>
    public async Task<int> RunAsync()
    {
        await PrepareAsync();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
        try
        {
            await StartAsync();
            await new RequestBox(options.Folder).ServeAsync(CarryOutAsync, TellEnded, _end.Token);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        finally
        {
            await _steps.RunAsync("stopping", async () =>
            {
                await _nodes.StopAllAsync();
                return "ok";
            });
        }
    }

    public void Dispose()
    {
        _nodes.Dispose();
        _client.Dispose();
        _end.Dispose();
    }

    private void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _end.Cancel();
    }

    private async Task PrepareAsync()
    {
        if (options.Folder.ReadState() is { } left)
        {
            await LeftOver.EndAsync(left);
        }

        var busy = options.Plans
            .SelectMany(plan => new[] { plan.Endpoint.Port, plan.PeerPort, plan.GrpcPort ?? plan.PeerPort }
                .Distinct()
                .Select(port => (plan.Name, Port: port)))
            .Where(use => !Ports.IsFree(use.Port))
            .Select(use => $"{use.Port} ({use.Name})")
            .ToArray();
        if (busy.Length > 0)
        {
            throw new UsageException(
                $"another program uses port {string.Join(", ", busy)}; end it or choose others with --port-base");
        }

        if (options.IsFresh)
        {
            options.Folder.Delete();
        }

        options.Folder.Create();
        new RequestBox(options.Folder).Clear();
    }

    private async Task StartAsync()
    {
        var names = string.Join(' ', options.Plans.Select(plan => plan.Name));
        await _steps.RunAsync($"starting {names}", () =>
        {
            _nodes.StartAll();
            return Task.FromResult("ok");
        });
        await _steps.RunAsync("electing", ElectAsync);
        await _steps.RunAsync("waiting until all are ready", async () =>
        {
            await WaitAsync(ReadyLimit, "not all nodes became ready", all => all.All(report => report.IsReady));
            return "ok";
        });
        var users = new DevClusterUsers(_client.Endpoints, options.Folder, _end.Token);
        if (options.HasUsers)
        {
            await _steps.RunAsync("making admin", async () =>
            {
                var credentials = await users.AdminAsync();
                _client.Dispose();
                _client = new(
                    options.Plans.Select(plan => plan.Endpoint), DevClusterUsers.OptionsOf(credentials));
                return "ok";
            });
        }

        if (options.IsSeeded)
        {
            var seed = new DevClusterSeed(_client, options.HasUsers ? users : null, _end.Token);
            await _steps.RunAsync("seeding BTC-USD, alice and bob", async () =>
            {
                var done = await seed.RunAsync();
                await WaitAsync(ReadyLimit, "not all nodes applied the same", IsEven); // So that the table shows it.
                return done;
            });
        }

        await ShowAsync();
    }

    private async Task<string> ElectAsync()
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        var reports = await WaitAsync(ElectionLimit, "no node was elected", all => all.Any(report => report.IsLeader));
        var leader = reports.First(report => report.IsLeader);
        return $"{leader.Name} leads in term {leader.Term}  ({started.Elapsed.TotalSeconds:0.0} s)";
    }

    /// <summary>Looks until all is as wanted. A node that ends meanwhile ends the start.</summary>
    private async Task<IReadOnlyList<NodeReport>> WaitAsync(
        TimeSpan limit, string otherwise, Func<IReadOnlyList<NodeReport>, bool> isWanted)
    {
        var until = DateTime.UtcNow + limit;
        while (true)
        {
            if (_nodes.TakeEnded() is [var ended, ..])
            {
                throw new UsageException(
                    $"{ended.Plan.Name} ended. The end of {ended.Plan.LogPath}:\n{LogTail.Of(ended.Plan.LogPath)}");
            }

            var reports = await ProbeAsync();
            if (isWanted(reports))
            {
                return reports;
            }

            if (DateTime.UtcNow > until)
            {
                throw new UsageException(
                    $"{otherwise} within {limit.TotalSeconds:0} s; see the logs in {options.Folder.LogFolder}\n"
                    + string.Join('\n', reports.Select(report => $"{report.Name}: {report.Cause ?? report.Role}")));
            }

            await Task.Delay(LookAgain, _end.Token);
        }
    }

    private static bool IsEven(IReadOnlyList<NodeReport> reports) =>
        reports.All(report => report.IsUp && report.AppliedIndex == reports[0].AppliedIndex);

    private Task<IReadOnlyList<NodeReport>> ProbeAsync() => ClusterProbe.AllAsync(
        _client, options.Plans.ToDictionary(plan => plan.Endpoint, plan => plan.Name), _end.Token);

    private async Task ShowAsync()
    {
        Console.WriteLine();
        ClusterTable.Print(await ProbeAsync());
        Console.WriteLine(
            $"""

            data and logs  {options.Folder.Path}
            {Access()}
            try            scripts/rb order buy BTC-USD 0.1 @60000 {Trader()}
                           scripts/rb book BTC-USD --watch
                           scripts/rb dev kill {options.Plans[^1].Name}
                           scripts/rb cluster status
            {LastLine}
            """);
    }

    private string Trader() => options.HasUsers ? "--context alice" : "--account a1";

    private string Access() => options.HasUsers
        ? $"""
           users          admin, alice and bob; their password stands in {DevClusterKeys.PasswordFile(options.Folder)}
                          scripts/rb acts as admin, or as --context alice; scripts/rb token is for curl
           """
        : "users          none: authentication is off, everyone may do everything";

    private async Task CarryOutAsync(NodeRequest request, string node)
    {
        if (await _nodes.CarryOutAsync(request, node) is { } done)
        {
            Console.WriteLine(done);
        }
    }

    private void TellEnded()
    {
        foreach (var ended in _nodes.TakeEnded())
        {
            Console.WriteLine($"{ended.Plan.Name} ended by itself; see {ended.Plan.LogPath}");
        }
    }
}
