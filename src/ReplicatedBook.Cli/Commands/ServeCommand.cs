using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb serve: runs the node program in the foreground.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var config = new Option<string>("--config") { Description = "The node's configuration file.", Required = true };
        var command = new Command("serve", "Runs one node; further arguments are handed on to it.") { config };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parse, _) =>
        {
            var start = new ProcessStartInfo("dotnet");
            string[] arguments =
                [NodeProgram.Find(), "--config", parse.GetRequiredValue(config), .. parse.UnmatchedTokens];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var node = Process.Start(start)!;
            var identity = ProcessIdentity.Of(node.Id);

            // Ctrl-C reaches the node by itself, as it is in the same group; SIGTERM comes to this process alone.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                identity?.Signal(ProcessSignal.Terminate);
            });
            await node.WaitForExitAsync(CancellationToken.None);
            return node.ExitCode;
        });
        return command;
    }
}
