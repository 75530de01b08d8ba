using ReplicatedBook.Agents.Running;
using ReplicatedBook.Node.Tests.MarketData;
using ReplicatedBook.Node.Tests.WebSocket;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: an agent steps when a step is due and is stopped at the end. Method: a clock that goes on when it is
/// told to.</summary>
public sealed class AgentLoopTests
{
    [Fact]
    public async Task A_step_is_due_an_interval_after_the_one_before()
    {
        var (time, agent) = (new SteppedTime(), new ScriptedAgent(TimeSpan.FromSeconds(2), stopsAt: 1));
        using var end = new CancellationTokenSource();
        var running = new AgentLoop(agent, time).RunAsync(end.Token);

        for (var seconds = 1; seconds <= 6; seconds++)
        {
            Assert.Equal((seconds + 1) / 2, agent.Steps);
            time.Step();
            await Until.TrueAsync(() => agent.Steps == (seconds / 2) + 1);
        }

        await end.CancelAsync();
        Assert.True(await running);
        Assert.Equal((4, 1), (agent.Steps, agent.Stops));
    }

    [Fact]
    public async Task An_agent_that_left_something_behind_is_stopped_again()
    {
        var (time, agent) = (new SteppedTime(), new ScriptedAgent(TimeSpan.FromSeconds(1), stopsAt: 3));

        var running = new AgentLoop(agent, time).RunAsync(new CancellationToken(canceled: true));
        await StepUntilEndedAsync(time, running);

        Assert.True(await running);
        Assert.Equal(3, agent.Stops);
    }

    [Fact]
    public async Task An_agent_that_cannot_be_stopped_is_left_after_a_while()
    {
        var (time, agent) = (new SteppedTime(), new ScriptedAgent(TimeSpan.FromSeconds(1), stopsAt: 0));

        var running = new AgentLoop(agent, time).RunAsync(new CancellationToken(canceled: true));
        await StepUntilEndedAsync(time, running);

        Assert.False(await running);
        Assert.InRange(agent.Stops, 2, 11);
    }

    private static Task StepUntilEndedAsync(SteppedTime time, Task running) => Until.TrueAsync(() =>
    {
        if (!running.IsCompleted)
        {
            time.Step();
        }

        return running.IsCompleted;
    });
}
