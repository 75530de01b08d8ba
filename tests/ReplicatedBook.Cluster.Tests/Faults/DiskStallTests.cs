using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: one slow disk does not hold up a cluster. Method: strace delays every sync of one follower; skipped
/// where strace is not at hand or may not attach.</summary>
public sealed class DiskStallTests
{
    private const int Some = 100;
    private static readonly TimeSpan AttachLimit = TimeSpan.FromSeconds(10);

    [Fact]
    [Trait("Scenario", "54 disk_stall_on_minority_does_not_raise_p99")]
    public async Task Every_write_succeeds_at_once_while_a_followers_disk_stalls()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3, "--Raft:ElectionTimeout=00:00:01.5");
        var leader = await cluster.LeaderAsync();
        var slow = cluster.Names.First(name => name != leader);
        using var stall = Stall(cluster.ProcessId(slow));
        Assert.SkipWhen(stall is null, "strace is not installed");
        var isAttached = await IsAttachedAsync(stall!);
        Assert.SkipUnless(isAttached, "strace may not attach to processes here");
        try
        {
            var once = cluster.Client.At(cluster.Endpoint(leader), TimeSpan.FromSeconds(10));
            for (var i = 0; i < Some; i++)
            {
                var label = string.Create(CultureInfo.InvariantCulture, $"account {i}");
                var outcome = await once.CreateAccountAsync(new() { Label = label });
                Assert.True(outcome.IsCommitted, outcome.Describe());
            }

            // Each sync of the slow node takes two seconds, so it cannot have been waited for.
            var behind = (await cluster.At(slow).GetNodeAsync()).Require();
            var ahead = (await cluster.At(leader).GetNodeAsync()).Require();
            Assert.True(ahead.CommitIndex >= Some && ahead.Role == "leader", $"{ahead} and {behind}");
        }
        finally
        {
            stall!.Kill();
            await stall.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await cluster.WaitReadyAsync();
        await cluster.WaitEqualAsync();
    }

    /// <summary>Begins to delay the syncs of a process; null without strace. When strace is killed the process goes on
    /// unharmed.</summary>
    private static Process? Stall(int process)
    {
        var start = new ProcessStartInfo("strace") { RedirectStandardError = true };
        string[] arguments =
        [
            "-f", "-p", process.ToString(CultureInfo.InvariantCulture), "-e", "trace=fsync,fdatasync",
            "-e", "inject=fsync,fdatasync:delay_enter=2000000", "-o", "/dev/null",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<bool> IsAttachedAsync(Process strace)
    {
        using var limit = new CancellationTokenSource(AttachLimit);
        try
        {
            var line = await strace.StandardError.ReadLineAsync(limit.Token);
            return line?.Contains(" attached", StringComparison.Ordinal) == true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
