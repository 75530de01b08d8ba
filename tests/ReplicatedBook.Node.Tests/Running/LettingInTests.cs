using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Gateway.Admission;

namespace ReplicatedBook.Node.Tests.Running;

/// <summary>Goal: what a node lets in after a wait goes into its log together. Method: the node's own admission, with a
/// log that counts.</summary>
public sealed class LettingInTests
{
    [Fact]
    public async Task Commands_that_waited_are_proposed_together()
    {
        await using var node = await ScriptedNode.StartAsync(
            "--Limits:MaxCommandsUnderWay=1", "--Limits:MaxCommandWait=00:00:30");
        var admission = node.Services.GetRequiredService<CommandAdmission>();
        var source = new CommandSource(new AccountId(1), null);
        Assert.True(await admission.EnterAsync(source));
        var waiting = admission.EnterAsync(source);
        Assert.Equal((false, 0), (waiting.IsCompleted, node.Log.TimesTogether));

        admission.Leave(source);

        Assert.True(await waiting);
        Assert.Equal(1, node.Log.TimesTogether);
    }
}
