using System.CommandLine;
using System.Diagnostics;
using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb restore: lets the node program make data directories, since it alone knows what is in them.</summary>
internal static class RestoreCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file") { Description = "A backup, as 'rb snapshot save' wrote it." };
        var data = new Option<string>("--data")
        {
            Description = "Directory in which each node gets a directory of its name; those must not be there yet.",
            Required = true,
        };
        var node = new Option<string[]>("--node")
        {
            Description = "Names of the nodes of the new cluster, all of them or those of this machine.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var cluster = new Option<string?>("--cluster")
        {
            Description = "Name of the new cluster. Default: the old one's, which must not run any more.",
        };
        var command = new Command(
            "restore", "Makes data directories of a cluster from a backup; no node may run there.")
        {
            file, data, node, cluster,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            var start = new ProcessStartInfo("dotnet");
            string[] arguments =
            [
                NodeProgram.Find(), "restore", parse.GetRequiredValue(file), "--data", parse.GetRequiredValue(data),
                .. parse.GetRequiredValue(node).SelectMany(name => (string[])["--node", name]),
                .. parse.GetValue(cluster) is { } id ? (string[])["--cluster", id] : [],
            ];
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var restore = Process.Start(start)!;
            await restore.WaitForExitAsync(cancellation);
            return restore.ExitCode;
        });
        return command;
    }
}
