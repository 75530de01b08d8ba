using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Client.Sending;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <content>The cluster and its nodes. What is asked of one node is best asked through <see cref="At"/>.</content>
public sealed partial class ReplicatedBookClient
{
    /// <summary>The cluster as the answering node sees it.</summary>
    public Task<ReadAnswer<ClusterResponse>> GetClusterAsync(CancellationToken cancellation = default) =>
        ReadAsync("v1/cluster", ResponseJson.Default.ClusterResponse, cancellation, isTimed: false);

    /// <summary>Every member's digest at one index; the newest common one when none is given.</summary>
    public Task<ReadAnswer<ConsistencyResponse>> GetConsistencyAsync(
        long? atIndex = null, CancellationToken cancellation = default) => ReadAsync(
            At("v1/cluster/consistency", atIndex), ResponseJson.Default.ConsistencyResponse, cancellation);

    /// <summary>The answering node.</summary>
    public Task<ReadAnswer<NodeResponse>> GetNodeAsync(CancellationToken cancellation = default) =>
        ReadAsync("v1/node", ResponseJson.Default.NodeResponse, cancellation, isTimed: false);

    /// <summary>The answering node's digest at an index; at its applied index when none is given.</summary>
    public Task<ReadAnswer<DigestResponse>> GetDigestAsync(
        long? atIndex = null, CancellationToken cancellation = default) =>
        ReadAsync(At("v1/node/digest", atIndex), ResponseJson.Default.DigestResponse, cancellation);

    /// <summary>Applied entries of the answering node's log.</summary>
    /// <param name="fromIndex">The first; null for the oldest held.</param>
    /// <param name="limit">Most entries, 1 to 1000.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public Task<ReadAnswer<LogResponse>> GetLogAsync(
        long? fromIndex, int limit, CancellationToken cancellation = default) => ReadAsync(
        string.Create(CultureInfo.InvariantCulture, $"v1/node/log?limit={limit}")
            + (fromIndex is { } from ? string.Create(CultureInfo.InvariantCulture, $"&from_index={from}") : ""),
        ResponseJson.Default.LogResponse, cancellation);

    /// <summary>Hands leadership over.</summary>
    /// <param name="node">To whom; null for whoever is furthest along.</param>
    /// <param name="cancellation">Gives the call up; it may happen all the same.</param>
    public Task<WriteOutcome<LeaderResponse>> TransferLeaderAsync(
        string? node, CancellationToken cancellation = default)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new TransferLeaderRequest { NodeId = node }, RequestJson.Default.TransferLeaderRequest);
        return WriteAsync(
            new Call(HttpMethod.Post, "v1/cluster/leader", null, body, IsTimed: false),
            ResponseJson.Default.LeaderResponse, "-", cancellation);
    }

    /// <summary>Whether the favourite node says that it is ready; false when it does not answer.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(_options.AttemptTimeout);
        try
        {
            using var response = await _http.GetAsync(new Uri(_ring.Favourite, "readyz"), limit.Token)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static string At(string path, long? index) => index is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"{path}?at_index={at}")
        : path;
}
