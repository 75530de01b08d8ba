using System.CommandLine;
using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.Contexts;

/// <summary>Which nodes are asked, and as whom.</summary>
/// <param name="Endpoints">The nodes.</param>
/// <param name="Credentials">Null for nobody.</param>
/// <param name="Context">Name of the context in the file; null where it comes from elsewhere.</param>
/// <param name="Authority">Path of the file with the authority whose nodes are trusted over https; null for those of
/// the machine.</param>
internal sealed record Identity(
    IReadOnlyList<Uri> Endpoints, Credentials? Credentials, string? Context, string? Authority)
{
    private const string DefaultEndpoints = "http://127.0.0.1:8001,http://127.0.0.1:8002,http://127.0.0.1:8003";
    private const string TokenVariable = "RB_TOKEN";

    /// <summary>Finds it from what was given, the contexts, and the running development cluster.</summary>
    /// <param name="endpoints">Of --endpoint; null for none.</param>
    /// <param name="context">Of --context; null for none.</param>
    /// <remarks>A credential goes to the nodes of its own context only: another node could keep it.</remarks>
    /// <exception cref="UsageException">There is no such context.</exception>
    public static Identity Find(IReadOnlyList<Uri>? endpoints, string? context)
    {
        var cluster = DevClusterFolder.At(null);
        var running = cluster.ReadState() is { IsSupervised: true } state ? state : null;
        var book = ContextFile.Read();
        var keys = running is null ? [] : DevClusterKeys.Read(cluster);
        var name = context ?? book.Current;
        Identity found;
        if (name is not null && book.Contexts.TryGetValue(name, out var entry))
        {
            found = new Identity(
                GlobalOptions.ParseEndpoints(entry.Endpoints),
                Credentials.Of(new SessionTokens(entry.AccessToken, entry.RefreshToken), new StoredSession(name)),
                name, entry.Authority);
        }
        else if (context is not null && !keys.ContainsKey(context))
        {
            throw new UsageException($"there is no context {context}; 'rb context list' shows those there are");
        }
        else
        {
            var user = context ?? DevClusterKeys.Admin;
            found = new Identity(
                running is null
                    ? GlobalOptions.ParseEndpoints(DefaultEndpoints)
                    : [.. running.Nodes.Select(node => node.Plan.Endpoint)],
                keys.TryGetValue(user, out var key) ? Credentials.Of(key) : null, null, null);
        }

        if (endpoints is not null)
        {
            var isOwn = endpoints.All(found.Endpoints.Contains);
            found = isOwn ? found with { Endpoints = endpoints } : new Identity(endpoints, null, null, null);
        }

        return Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token
            ? found with { Credentials = Credentials.Of(token), Context = null }
            : found;
    }
}
