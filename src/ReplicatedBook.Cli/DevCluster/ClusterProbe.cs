using ReplicatedBook.Client;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Looks at every node of a cluster from outside, all at the same time.</summary>
internal static class ClusterProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // The first handshake of a process that has just started takes a busy machine longer than that.
    private static readonly TimeSpan PatienceOverTls = TimeSpan.FromSeconds(3);

    /// <summary>One report per endpoint, in the order of the client's endpoints.</summary>
    /// <param name="client">For all nodes.</param>
    /// <param name="names">Names of nodes that may not answer, by endpoint.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task<IReadOnlyList<NodeReport>> AllAsync(
        ReplicatedBookClient client, IReadOnlyDictionary<Uri, string> names, CancellationToken cancellation) =>
        await Task.WhenAll(client.Endpoints.Select(endpoint => OneAsync(client, endpoint, names, cancellation)));

    private static async Task<NodeReport> OneAsync(
        ReplicatedBookClient client, Uri endpoint, IReadOnlyDictionary<Uri, string> names,
        CancellationToken cancellation)
    {
        using var node = client.At(endpoint, endpoint.Scheme == Uri.UriSchemeHttps ? PatienceOverTls : Patience);
        var ready = node.IsReadyAsync(cancellation);
        var answer = await node.GetNodeAsync(cancellation);
        var isReady = await ready;
        if (answer.Value is null && answer.Mark is { Node.Length: > 0 } mark)
        {
            // Whoever may not see the node's own report still sees the headers of its refusal.
            return new NodeReport(
                mark.Node, endpoint, mark.Role, mark.Term, mark.Index, mark.Index, mark.Digest, isReady, Cause: null);
        }

        if (answer.Value is not { } found)
        {
            return new NodeReport(
                names.GetValueOrDefault(endpoint, "?"), endpoint, "down", 0, 0, 0, "-", false, answer.Describe());
        }

        var digest = found.Digest.Length > 16 ? found.Digest[..16] : found.Digest;
        return new NodeReport(
            found.NodeId, endpoint, found.Role, found.Term, found.CommitIndex, found.AppliedIndex, digest, isReady,
            Cause: null);
    }
}
