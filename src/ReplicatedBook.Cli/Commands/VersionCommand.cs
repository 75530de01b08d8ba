using System.CommandLine;
using System.Reflection;

namespace ReplicatedBook.Cli.Commands;

/// <summary>rb version.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var command = new Command("version", "Prints the version.");
        command.SetAction(_ => Console.WriteLine(
            typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion));
        return command;
    }
}
