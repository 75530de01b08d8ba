using System.Diagnostics;
using ReplicatedBook.Cluster.Tests.Client;
using ReplicatedBook.Cluster.Tests.Faults;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a watch shows what is there again and again, and ends in order. Method: the real program, ended as
/// Ctrl-C would.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cluster_status_is_shown_every_second_until_it_is_told_to_end()
    {
        await using var node = new NodeDouble().Answer(
            200,
            """
            {"node_id":"n7","version":"1","role":"leader","term":1,"commit_index":5,"applied_index":5,
            "last_log_index":5,"snapshot_index":0,"first_log_index":1,"oldest_index":1,"log_bytes":1,"uptime_s":1,
            "digest":"aa","index":5}
            """);
        using var patience = new CancellationTokenSource(Limit);
        using var rb = RbProcess.Start(["cluster", "status", "--watch", "--endpoint", node.Endpoint.Authority]);
        var tables = 0;
        try
        {
            while (tables < 3 && await rb.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                tables += line.StartsWith("n7 ", StringComparison.Ordinal) ? 1 : 0;
                Assert.DoesNotContain('\e', line); // The output is no terminal.
            }

            await EndAsync(rb, patience.Token);
        }
        finally
        {
            rb.Kill();
        }

        Assert.Equal((3, 0, ""), (tables, rb.ExitCode, await rb.StandardError.ReadToEndAsync(patience.Token)));
    }

    [Fact]
    public async Task A_book_is_shown_as_it_changes_until_it_is_told_to_end()
    {
        await using var cluster = await ClusterProcesses.StartAsync(nodes: 1);
        await SpotMarket.OpenAsync(cluster.Client);
        var account = (await cluster.Client.CreateAccountAsync(new())).Require().AccountId;
        (await cluster.Client.DepositAsync(account, new() { Asset = "USD", Amount = "1000.00" })).Require();
        using var patience = new CancellationTokenSource(Limit);
        string[] watch =
        [
            "book", SpotMarket.Symbol, "--watch", "--output", "json", "--endpoint", cluster.Endpoints[0].Authority,
        ];
        using var rb = RbProcess.Start(watch);
        using var single = RbProcess.Start([.. watch, "--level", "3"]);
        try
        {
            var none = await single.StandardOutput.ReadLineAsync(patience.Token);
            var empty = await rb.StandardOutput.ReadLineAsync(patience.Token);
            var placed = await cluster.Client.PlaceOrderAsync(new()
            {
                AccountId = account,
                Instrument = SpotMarket.Symbol,
                Side = "buy",
                Type = "limit",
                Price = "12.50",
                Quantity = "3",
            });
            var changed = await rb.StandardOutput.ReadLineAsync(patience.Token);

            Assert.EndsWith("\"bids\":[],\"asks\":[]}", empty, StringComparison.Ordinal);
            Assert.EndsWith("\"bids\":[],\"asks\":[]}", none, StringComparison.Ordinal);
            var index = placed.Mark.Index;
            var order = placed.Require().Order.OrderId;
            Assert.Equal(
                $$"""{"instrument":"BTC-USD","index":{{index}},"bids":[["12.50","3","{{order}}"]],"asks":[]}""",
                await single.StandardOutput.ReadLineAsync(patience.Token));
            Assert.Equal(
                $$"""{"instrument":"BTC-USD","index":{{index}},"bids":[["12.50","3"]],"asks":[]}""", changed);
            await EndAsync(rb, patience.Token);
            await EndAsync(single, patience.Token);
        }
        finally
        {
            rb.Kill();
            single.Kill();
        }

        Assert.Equal((0, ""), (single.ExitCode, await single.StandardError.ReadToEndAsync(patience.Token)));
        Assert.Equal((0, ""), (rb.ExitCode, await rb.StandardError.ReadToEndAsync(patience.Token)));
    }

    /// <summary>Ends a watch as Ctrl-C would. Not with INT: whatever a shell has started in the background, these tests
    /// among it, ignores that.</summary>
    private static async Task EndAsync(Process rb, CancellationToken cancellation)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{rb.Id}"]);
        await kill.WaitForExitAsync(cancellation);
        var rest = rb.StandardOutput.ReadToEndAsync(cancellation);
        await rb.WaitForExitAsync(cancellation);
        await rest;
    }
}
