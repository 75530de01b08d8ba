using System.Diagnostics;
using ReplicatedBook.Cluster.Tests.Client;
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

            // Not INT: whatever a shell has started in the background, these tests among it, ignores that.
            using var kill = Process.Start("kill", ["-TERM", $"{rb.Id}"]);
            await kill.WaitForExitAsync(patience.Token);
            var rest = rb.StandardOutput.ReadToEndAsync(patience.Token);
            await rb.WaitForExitAsync(patience.Token);
            await rest;
        }
        finally
        {
            rb.Kill();
        }

        Assert.Equal((3, 0, ""), (tables, rb.ExitCode, await rb.StandardError.ReadToEndAsync(patience.Token)));
    }
}
