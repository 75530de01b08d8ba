using System.Text.Json;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Turns a folder of node configurations into the plan of a development cluster.</summary>
internal static class DevClusterConfig
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>One plan per node-K.json, in the order of their names.</summary>
    /// <param name="configFolder">Where the files are.</param>
    /// <param name="folder">The development cluster's folder: data and logs go there.</param>
    /// <param name="portBase">Null for the ports in the files; else node k gets HTTP base + k, gRPC base + 100 + k, TCP
    /// lines base + 200 + k and peers base + 300 + k.</param>
    /// <param name="hasUsers">Whether the nodes ask for credentials.</param>
    /// <exception cref="UsageException">There is no file, or one cannot be understood.</exception>
    public static IReadOnlyList<NodePlan> Read(
        string configFolder, DevClusterFolder folder, int? portBase, bool hasUsers)
    {
        var files = Directory.Exists(configFolder)
            ? Directory.GetFiles(configFolder, "node-*.json").Order(StringComparer.Ordinal).ToArray()
            : [];
        if (files.Length == 0)
        {
            throw new UsageException($"no node-1.json, node-2.json, ... in {configFolder}");
        }

        var members = files.Select((file, at) => ReadMember(file, at + 1, portBase)).ToArray();
        return [.. members.Select((member, at) => new NodePlan(
            member.Name,
            member.Endpoint,
            member.PeerPort,
            [
                "--config", Path.GetFullPath(files[at]), .. member.Flags(members, folder.In(member.Name)),
                .. AuthFlags(folder, hasUsers),
            ],
            NodeProgram.FindRoot() ?? Environment.CurrentDirectory,
            Path.Combine(folder.LogFolder, member.Name + ".log"))
        {
            GrpcPort = member.GrpcPort,
            TcpPort = member.TcpPort,
        })];
    }

    private static IEnumerable<string> AuthFlags(DevClusterFolder folder, bool hasUsers) => hasUsers
        ? ["--Auth:Mode=on", $"--Auth:BootstrapTokenFile={DevClusterKeys.TokenFile(folder)}"]
        : ["--Auth:Mode=off"];

    private static NodeMember ReadMember(string file, int number, int? portBase)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            var name = document.RootElement.GetProperty("Node").GetProperty("Id").GetString()!;
            return portBase is { } start
                ? new NodeMember(name, start + number, start + PortPlan.PeerOffset + number)
                {
                    GrpcPort = start + PortPlan.GrpcOffset + number,
                    TcpPort = start + PortPlan.TcpOffset + number,
                }
                : new NodeMember(name, Port(document, "Http"), Port(document, "Peer"))
                {
                    GrpcPort = document.RootElement.TryGetProperty("Grpc", out _) ? Port(document, "Grpc") : null,
                    TcpPort = document.RootElement.TryGetProperty("Tcp", out _) ? Port(document, "Tcp") : null,
                };
        }
        catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"{file}: {bad.Message}");
        }
    }

    private static int Port(JsonDocument document, string section) =>
        document.RootElement.GetProperty(section).GetProperty("Port").GetInt32();
}
