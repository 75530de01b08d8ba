using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Simulation.Histories;

namespace ReplicatedBook.Cluster.Tests.Chaos.Load;

/// <summary>Gives every operation whose outcome is unknown its end, once the cluster is whole again.</summary>
internal static class Resolution
{
    private const int AskEvery = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Repeats the operations with their keys; asks about every fourth instead, since by then its deadline has
    /// passed and "not found" is final.</summary>
    /// <returns>How many had been unknown.</returns>
    public static async Task<int> RunAsync(ClusterProcesses cluster, IReadOnlyList<ClientOperation> operations)
    {
        var unknown = operations.Where(operation => operation.Ending == Ending.Unknown).ToList();
        var nodes = ClientCrowd.Callers(cluster);
        for (var i = 0; i < unknown.Count; i++)
        {
            var (number, operation) = (i, unknown[i]);
            await Patience.UntilAsync(
                async () => number % AskEvery == 0 && operation.Request.Key is not null
                    ? await AskAsync(cluster.Client, nodes[number % nodes.Count], operation)
                    : await RepeatAsync(nodes[number % nodes.Count], operation),
                Limit,
                () => $"the outcome stays unknown: {operation}");
        }

        return unknown.Count;
    }

    private static async Task<ClientOperation?> RepeatAsync(NodeCaller node, ClientOperation operation)
    {
        operation.Attempts++;
        var (end, reply) = await node.SendAsync(operation.Request);
        if (end != AttemptEnd.Answered)
        {
            return null;
        }

        // An order without a key that is refused now may not have been refused before: only its id tells.
        var isDefinite = reply!.Code.Length == 0 || operation.Request.Key is not null;
        operation.Ended = ChaosClock.Now;
        operation.Reply = isDefinite ? reply : null;
        operation.Ending = isDefinite ? Ending.Answered : Ending.Unknown;
        return operation;
    }

    private static async Task<ClientOperation?> AskAsync(
        ReplicatedBookClient client, NodeCaller node, ClientOperation operation)
    {
        var answer = await client.GetCommandAsync(operation.Request.Key!, ReadOptions.Strong);
        switch (answer.Value?.State)
        {
            case "not_found":
                (operation.Ending, operation.Ended) = (Ending.NotExecuted, ChaosClock.Now);
                return operation;
            case "committed" or "rejected":
                return await RepeatAsync(node, operation);
            default:
                return null;
        }
    }
}
