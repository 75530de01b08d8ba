using System.CommandLine;
using ReplicatedBook.Cli.Contexts;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb dev: a cluster of real processes on this machine.</summary>
internal static class DevCommands
{
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DownLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(15);

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder for data, logs and state. Default: .rb/dev in the repository.",
        Recursive = true,
    };

    public static Command Build() => new("dev", "Runs a development cluster of real processes on this machine.")
    {
        Data,
        Up(),
        Down(),
        Request("kill", "Ends a node as a crash would (SIGKILL).", NodeRequest.Kill),
        Request("start", "Starts a node again.", NodeRequest.Start),
        Request("pause", "Makes a node stand still (SIGSTOP).", NodeRequest.Pause),
        Request("resume", "Lets a paused node go on (SIGCONT).", NodeRequest.Resume),
        Check(),
    };

    private static Command Up()
    {
        var fresh = new Option<bool>("--fresh") { Description = "Deletes the cluster's data first." };
        var config = new Option<string?>("--config-dir")
        {
            Description = "Folder of node-1.json, node-2.json, ... Default: cluster-config.",
        };
        var portBase = new Option<int?>("--port-base")
        {
            Description = "Node k listens on this + k, for TCP lines on this + 200 + k, for peers on this + 300 + k.",
        };
        var noSeed = new Option<bool>("--no-seed") { Description = "Leaves an empty cluster empty." };
        var auth = new Option<string>("--auth")
        {
            Description = "on: with users, admin first; off: everyone may do everything. Loopback only, both.",
            DefaultValueFactory = _ => "on",
        };
        auth.AcceptOnlyFromAmong("on", "off");
        var detach = new Option<bool>("--detach") { Description = "Returns once it runs; 'rb dev down' stops it." };
        var command = new Command("up", "Starts the cluster, or continues it from its data; Ctrl-C stops it.")
        {
            fresh, config, portBase, noSeed, auth, detach,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var folder = Folder(parse);
            if (parse.GetValue(detach))
            {
                return await DetachedSupervisor.StartAsync(folder, cancellation);
            }

            var root = NodeProgram.FindRoot() ?? Environment.CurrentDirectory;
            var hasUsers = parse.GetValue(auth) == "on";
            var plans = DevClusterConfig.Read(
                parse.GetValue(config) ?? Path.Combine(root, "cluster-config"), folder, parse.GetValue(portBase),
                hasUsers);
            using var supervisor = new DevSupervisor(
                new DevClusterOptions(folder, plans, parse.GetValue(fresh), !parse.GetValue(noSeed), hasUsers));
            return await supervisor.RunAsync();
        });
        return command;
    }

    private static Command Down()
    {
        var command = new Command("down", "Stops the cluster; its data stays.");
        command.SetAction(async (parse, cancellation) =>
        {
            var state = Folder(parse).RequireRunning();
            state.Supervisor.Signal(ProcessSignal.Terminate);
            var until = DateTime.UtcNow + DownLimit;
            while (state.IsSupervised)
            {
                if (DateTime.UtcNow > until)
                {
                    throw new UsageException($"supervisor {state.Supervisor.Pid} does not end");
                }

                await Task.Delay(50, cancellation);
            }

            Console.WriteLine("stopped");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Request(string name, string description, NodeRequest request)
    {
        var node = new Argument<string>("node") { Description = "Its name, such as n2." };
        var command = new Command(name, description) { node };
        command.SetAction(async (parse, cancellation) =>
        {
            var folder = Folder(parse);
            var found = folder.RequireRunning().Node(parse.GetRequiredValue(node));
            if (found.IsRunning == (request == NodeRequest.Start))
            {
                throw new UsageException(found.IsRunning ? $"{found.Name} is running" : $"{found.Name} is not running");
            }

            await new RequestBox(folder).AskAsync(request, found.Name, RequestLimit, cancellation);
            Console.WriteLine(request switch
            {
                NodeRequest.Kill => $"{found.Name} is killed",
                NodeRequest.Pause => $"{found.Name} stands still",
                NodeRequest.Resume => $"{found.Name} goes on",
                _ => await IsReadyAsync(found.Plan.Endpoint, cancellation)
                    ? $"{found.Name} is ready"
                    : $"{found.Name} runs and is not ready: 'rb cluster status' shows the cluster",
            });
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Waits a while for a node that was started, so that the next command finds it. Without a majority it
    /// cannot become ready, which is no failure of its start.</summary>
    private static async Task<bool> IsReadyAsync(Uri endpoint, CancellationToken cancellation)
    {
        using var client = new ReplicatedBookClient([endpoint]);
        var until = DateTime.UtcNow + ReadyLimit;
        while (DateTime.UtcNow < until)
        {
            if (await client.IsReadyAsync())
            {
                return true;
            }

            await Task.Delay(50, cancellation);
        }

        return false;
    }

    private static Command Check()
    {
        var command = new Command("check", "Compares all nodes: their digests at one index.");
        command.SetAction((parse, cancellation) => CheckAsync(parse, cancellation));
        return command;
    }

    private static async Task<int> CheckAsync(ParseResult parse, CancellationToken cancellation)
    {
        var folder = Folder(parse);
        var state = folder.RequireRunning();
        var key = DevClusterKeys.Read(folder).GetValueOrDefault(DevClusterKeys.Admin);
        using var client = GlobalOptions.Client(parse, new Identity(
            [.. state.Nodes.Select(node => node.Plan.Endpoint)], key is null ? null : Credentials.Of(key), null, null));
        return await ClusterCommands.CheckAsync(parse, client, cancellation);
    }

    private static DevClusterFolder Folder(ParseResult parse) => DevClusterFolder.At(parse.GetValue(Data));
}
