using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a prediction market's life by the command line alone. Method: the real program and a real
/// node.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task An_event_is_opened_traded_resolved_and_audited()
    {
        await using var cluster = await ClusterProcesses.StartAsync(nodes: 1);
        await cluster.WaitFeatureLevelAsync();
        var client = cluster.Client;
        (await client.CreateAssetAsync(new() { Asset = "USD", Scale = 2 })).Require();
        var account = (await client.CreateAccountAsync(new())).Require().AccountId;
        (await client.DepositAsync(account, new() { Asset = "USD", Amount = "100" })).Require();

        await RbAsync(
            0, "event", "create", "Who wins?", "--id", "cup", "--outcome", "A=Alba", "B", "C", "--category", "sport",
            "--pending");
        Assert.Contains("pending", await RbAsync(0, "event", "list", "--q", "WHO", "--category", "sport"));
        await RbAsync(0, "event", "activate", "cup");
        await RbAsync(0, "event", "update", "cup", "--title", "Who won?", "--closes", "2999-01-01T00:00:00Z");
        await RbAsync(0, "set", "split", "cup", "30");
        await RbAsync(0, "set", "merge", "cup", "10");
        await RbAsync(0, "order", "sell", "cup:A", "5", "@0.40");
        await RbAsync(1, "set", "merge", "cup", "16"); // Five shares of A are held for the order.
        await RbAsync(0, "event", "pause", "cup");
        await RbAsync(1, "order", "sell", "cup:A", "5", "@0.40");
        var shown = await RbAsync(0, "event", "get", "cup", "-o", "json");
        Assert.Equal(
            ("Who won?", "paused", "Alba", "0.40"),
            (Text(shown, "title"), Text(shown, "status"), Text(shown, "market", "outcomes", "0", "title"),
                Text(shown, "market", "outcomes", "0", "best_ask")));
        await RbAsync(2, "event", "resolve", "cup", "A=0.5", "A=0.5");
        await RbAsync(1, "event", "delete", "none");
        await RbAsync(0, "event", "close", "cup");

        var resolved = await RbAsync(0, "event", "resolve", "cup", "A=0.25", "C=0.75", "-o", "json");

        Assert.Equal(("resolved", "0.75"), (Text(resolved, "status"), Text(resolved, "outcomes", "2", "payout")));
        await RbAsync(1, "event", "void", "cup");
        var positions = await RbAsync(0, "positions", account, "-o", "json");
        Assert.Equal(
            ("0", "100.00"), (Text(positions, "items", "0", "quantity"), Text(positions, "totals", "0", "total")));
        Assert.Contains("all is accounted for", await RbAsync(0, "audit", "conservation"));

        async Task<string> RbAsync(int code, params string[] arguments)
        {
            var rb = await RbProcess.RunAsync([.. arguments, "--endpoint", cluster.Endpoints[0].ToString()]);
            Assert.True(
                rb.ExitCode == code,
                $"rb {string.Join(' ', arguments)} ended with {rb.ExitCode}: {rb.Output}{rb.Error}");
            return rb.Output;
        }
    }

    private static string? Text(string json, params string[] path)
    {
        using var document = JsonDocument.Parse(json);
        var element = document.RootElement;
        foreach (var name in path)
        {
            element = element.ValueKind == JsonValueKind.Array
                ? element[int.Parse(name)]
                : element.GetProperty(name);
        }

        return element.GetString();
    }
}
