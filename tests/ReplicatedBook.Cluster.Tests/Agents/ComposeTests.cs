using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Agents;

/// <summary>Goal: the agents of docker-compose.yml trade. Method: its command lines and variables, word for word but
/// for the nodes' addresses, as processes on a real node.</summary>
public sealed class ComposeTests
{
    private const string Symbol = "BTC-USD";
    private static readonly string[] Agents = ["market-maker", "twap", "passive-buyer"];
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Three_agents_trade_within_half_a_minute()
    {
        var compose = ComposeFile.Read();
        await using var cluster = await ClusterProcesses.StartAsync(1);
        for (var time = 0; time < 2; time++) // The second time all is there.
        {
            var prepared = await RbProcess.RunAsync(At(cluster, compose.Commands["prepare-agents"]));
            Assert.Equal((0, ""), (prepared.ExitCode, prepared.Error));
            Assert.Equal(
                ["BTC-USD is there", "a1 is market-maker", "a2 is twap", "a3 is passive-buyer"],
                prepared.Output.Trim().ReplaceLineEndings("\n").Split('\n'));
        }

        var running = Agents.Select(
            name => AgentProcess.Start(At(cluster, compose.Commands[name]), compose.Environment[name])).ToArray();
        try
        {
            await running[0].WaitAsync("filled", 1);
            await running[1].WaitAsync("filled", 1);
            await running[2].WaitAsync("placed", 1);
            var trade = await Patience.UntilAsync(
                async () => (await cluster.Client.GetTradesAsync(Symbol, 1, ReadOptions.Strong)).Value?.Items
                    .SingleOrDefault(),
                Limit, () => "no trade");
            Assert.Equal("100200.00", trade.Price);
            Assert.All(running, agent => Assert.Equal(0, agent.Count("refused")));
            Assert.Equal(
                ["99900.00"],
                (await cluster.Client.GetBookAsync(Symbol, 1, 1, ReadOptions.Strong)).Require()
                    .Bids.Select(bid => bid.Price));
            Assert.All(await Task.WhenAll(running.Select(agent => agent.StopAsync())), code => Assert.Equal(0, code));
        }
        finally
        {
            foreach (var agent in running)
            {
                await agent.DisposeAsync();
            }
        }
    }

    /// <summary>A command of the file for other nodes; its addresses must be those of the nodes of the file.</summary>
    private static string[] At(ClusterProcesses cluster, string[] command)
    {
        var at = Array.IndexOf(command, "--endpoint") + 1;
        Assert.Equal("127.0.0.1:8001,127.0.0.1:8002,127.0.0.1:8003", command[at]);
        return [.. command[..at], cluster.Endpoints[0].Authority, .. command[(at + 1)..]];
    }
}
