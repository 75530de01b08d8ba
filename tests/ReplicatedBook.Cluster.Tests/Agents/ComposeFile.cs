using System.Text.Json;
using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>What docker-compose.yml runs: the command and the variables of each service, where it has some. Reads the
/// few forms that the file uses, and no other YAML.</summary>
internal sealed class ComposeFile
{
    private const string Command = "    command: ";
    private const string Variables = "    environment:";
    private const string Variable = "      ";

    public Dictionary<string, string[]> Commands { get; } = [];

    public Dictionary<string, Dictionary<string, string>> Environment { get; } = [];

    public static ComposeFile Read()
    {
        var file = new ComposeFile();
        var (service, isVariable) = ("", false);
        var lines = File.ReadLines(Path.Combine(NodeProgram.FindRoot()!, "docker-compose.yml"));
        foreach (var line in lines.SkipWhile(text => text != "services:").Skip(1).TakeWhile(text => text != "volumes:"))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal) && line.EndsWith(':') && line[2] != ' ')
            {
                (service, isVariable) = (line.Trim().TrimEnd(':'), false);
                file.Environment[service] = [];
            }
            else if (line.StartsWith(Command, StringComparison.Ordinal))
            {
                file.Commands[service] = JsonSerializer.Deserialize<string[]>(line[Command.Length..])!;
                isVariable = false;
            }
            else if (isVariable && line.StartsWith(Variable, StringComparison.Ordinal))
            {
                var parts = line.Trim().Split(": ", 2);
                file.Environment[service][parts[0]] = parts[1].Trim('"');
            }
            else
            {
                isVariable = line == Variables;
            }
        }

        return file;
    }
}
