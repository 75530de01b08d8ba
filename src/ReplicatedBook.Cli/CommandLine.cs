using System.CommandLine;
using ReplicatedBook.Cli.Commands;
using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Cli;

/// <summary>The whole command line: parses, runs, and turns every end into an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one invocation.</summary>
    /// <param name="arguments">As given by the shell.</param>
    /// <returns>One of <see cref="ExitCodes"/>; from <c>serve</c>, the node's own.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        // An argument that begins with @ is a price here, not the name of a file with arguments.
        var result = Build().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Console.Error.WriteLineAsync($"rb: {error.Message}");
            }

            await Console.Error.WriteLineAsync($"rb: see 'rb {PathOf(result.CommandResult.Command)}--help'");
            return ExitCodes.Usage;
        }

        try
        {
            return await result.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // 'dev up' and 'serve' end by themselves, in their own time.
            });
        }
        catch (UsageException usage)
        {
            await Console.Error.WriteLineAsync($"rb: {usage.Message}");
            return ExitCodes.Usage;
        }
        catch (OutcomeException outcome)
        {
            await Console.Error.WriteLineAsync($"rb: {outcome.Message}");
            return ExitCodes.Of(outcome.Kind);
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Operates a ReplicatedBook cluster and trades on it.");
        foreach (var option in GlobalOptions.All)
        {
            root.Options.Add(option);
        }

        Command[] commands =
        [
            OrderCommands.Build(), MarketDataCommands.Book(), MarketDataCommands.Trades(), FeedCommand.Build(),
            AccountCommands.Balances(), AccountCommands.Deposit(), AccountCommands.Withdraw(),
            AccountCommands.Account(), AccountCommands.Asset(), InstrumentCommands.Build(),
            EventCommands.Build(), SetCommands.Build(), PositionCommands.Positions(), PositionCommands.Audit(),
            BettingCommands.Build(), BetCommands.Build(),
            ClusterCommands.Cluster(), ClusterCommands.Leader(),
            MemberCommands.Build(), SnapshotCommands.Build(), RestoreCommand.Build(), LogCommand.Build(),
            SessionCommands.Bootstrap(), SessionCommands.Login(), SessionCommands.Logout(), SessionCommands.WhoAmI(),
            SessionCommands.Token(), SessionCommands.Context(), UserCommands.Users(), UserCommands.ApiKeys(),
            InitCommand.Build(), DevCommands.Build(), ReplCommand.Build(), ReplayCommand.Build(), ServeCommand.Build(),
            AgentCommands.Build(), VersionCommand.Build(),
        ];
        foreach (var command in commands)
        {
            root.Subcommands.Add(command);
        }

        return root;
    }

    private static string PathOf(Command command)
    {
        var path = string.Empty;
        for (var at = command; at is not RootCommand; at = at.Parents.OfType<Command>().First())
        {
            path = $"{at.Name} {path}";
        }

        return path;
    }
}
