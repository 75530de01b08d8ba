using System.Diagnostics;
using ReplicatedBook.Cli.DevCluster;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: no signal ever reaches a process that is not meant. Method: a real child process.</summary>
public sealed class ProcessIdentityTests
{
    [Fact]
    public void Same_id_with_another_start_is_another_process()
    {
        var own = ProcessIdentity.Current;
        var recycled = own with { Started = own.Started + 1 };
        Assert.True(own.IsAlive);
        Assert.False(recycled.IsAlive);
        Assert.False(recycled.Signal(ProcessSignal.Kill)); // Were it sent, no test would end.
    }

    [Fact]
    public async Task Killed_process_is_no_longer_alive()
    {
        using var child = Process.Start("sleep", "600");
        var identity = ProcessIdentity.Of(child.Id)!;
        Assert.True(identity.IsAlive);
        Assert.True(identity.Signal(ProcessSignal.Kill));
        await child.WaitForExitAsync();
        Assert.False(identity.IsAlive);
        Assert.False(identity.Signal(ProcessSignal.Terminate));
    }
}
