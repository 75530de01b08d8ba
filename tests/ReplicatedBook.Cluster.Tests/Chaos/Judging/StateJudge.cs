using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Chaos.Load;
using ReplicatedBook.Cluster.Tests.Processes;

namespace ReplicatedBook.Cluster.Tests.Chaos.Judging;

/// <summary>All nodes are at one index in the same state, byte by byte, and money is conserved. For a cluster without
/// load.</summary>
internal sealed class StateJudge(ClusterProcesses cluster, Violations violations) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string[] Parts = ["assets", "accounts", "instruments", "balances", "orders", "books"];

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose() => _http.Dispose();

    /// <summary>Compares all that run; adds what is wrong.</summary>
    /// <param name="supply">Units of each asset that clients paid in and not out.</param>
    /// <returns>The state of the first node.</returns>
    public async Task<ClusterState> JudgeAsync(IReadOnlyDictionary<string, long> supply)
    {
        var states = await Patience.UntilAsync(TakeAsync, Limit, () => "the nodes do not come to rest at one index");
        Compare(states, supply, violations);
        return states[0];
    }

    /// <summary>Compares states at one index; adds what is wrong.</summary>
    public static void Compare(
        IReadOnlyList<ClusterState> states, IReadOnlyDictionary<string, long> supply, Violations violations)
    {
        var first = states[0];
        foreach (var state in states)
        {
            foreach (var (part, text) in state.Parts)
            {
                violations.Require(
                    text == first.Parts[part], "replica_state",
                    () => $"{part} of {state.Node} and {first.Node} differ at {state.Index}");
            }

            violations.Require(
                state.Digest == first.Digest && state.StateHash == first.StateHash, "replica_hashes",
                () => $"{state.Node} has {state.Digest} {state.StateHash}, {first.Node} has {first.Digest} "
                    + $"{first.StateHash} at {state.Index}");
        }

        Conserve(first, supply, violations);
    }

    private async Task<ClusterState[]?> TakeAsync()
    {
        var running = cluster.Running.ToList();
        var states = await Task.WhenAll(running.Select(TakeAsync));
        return states.All(state => state is not null && state.Index == states[0]!.Index)
            ? [.. states.Select(state => state!)]
            : null;
    }

    /// <summary>The state of one node; null when it moved on meanwhile or could not tell.</summary>
    private async Task<ClusterState?> TakeAsync(string node)
    {
        if (await GetAsync(node, "v1/node/digest?state_hash=true") is not { } digest)
        {
            return null;
        }

        var index = digest.GetProperty("index").GetInt64();
        var parts = new Dictionary<string, string>();
        foreach (var part in Parts)
        {
            if (await GetAsync(node, $"v1/node/state?part={part}&consistency=weak") is not { } dump
                || dump.GetProperty("index").GetInt64() != index)
            {
                return null;
            }

            parts[part] = dump.GetProperty("items").GetRawText();
        }

        return new ClusterState(
            node, index, digest.GetProperty("digest").GetString()!, digest.GetProperty("state_hash").GetString()!,
            parts);
    }

    private async Task<JsonElement?> GetAsync(string node, string path)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri(cluster.Endpoint(node), path));
            var body = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    private static void Conserve(
        ClusterState state, IReadOnlyDictionary<string, long> supply, Violations violations)
    {
        var totals = new Dictionary<string, long>();
        using var accounts = JsonDocument.Parse(state.Parts["balances"]);
        foreach (var balance in accounts.RootElement.EnumerateArray()
            .SelectMany(account => account.GetProperty("items").EnumerateArray()))
        {
            long Units(string field) => Money.Units(balance.GetProperty(field).GetString()!);
            var asset = balance.GetProperty("asset").GetString()!;
            var (total, available, reserved) = (Units("total"), Units("available"), Units("reserved"));
            violations.Require(
                total == available + reserved && available >= 0 && reserved >= 0, "conservation",
                () => balance.GetRawText());
            totals[asset] = totals.GetValueOrDefault(asset) + total;
        }

        foreach (var (asset, paidIn) in supply)
        {
            violations.Require(
                totals.GetValueOrDefault(asset) == paidIn, "conservation",
                () => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{totals.GetValueOrDefault(asset)} units of {asset} instead of {paidIn}"));
        }
    }
}
