using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: the line protocol by hand and in a pipe. Method: the real program against a real node.</summary>
public sealed class ReplTests : IDisposable
{
    private readonly PortLease _http = PortLease.Take();
    private readonly PortLease _peer = PortLease.Take();
    private readonly PortLease _tcp = PortLease.Take();
    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;

    private string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_http.Port}");

    [Fact]
    public async Task A_script_in_a_pipe_gets_its_replies_in_order()
    {
        await using var node = NodeRun.Start(
            _folder,
            [
                "--Cluster:Id=test", "--Node:Id=n1", $"--Node:DataDirectory={_folder}/data", "--Auth:Mode=off",
                $"--Http:Port={_http.Port}", $"--Peer:Port={_peer.Port}", $"--Tcp:Port={_tcp.Port}",
                "--Cluster:Members:0:NodeId=n1", $"--Cluster:Members:0:Peer=127.0.0.1:{_peer.Port}",
                $"--Cluster:Members:0:Api={Endpoint}",
            ]);
        using var client = new ReplicatedBookClient([new Uri(Endpoint)]);
        await node.WaitReadyAsync(client);

        var good = await ReplAsync("help\n# a remark\n\nping\nping mine\nbalance a1\nquit\nping\n");
        Assert.Equal((0, ""), (good.ExitCode, good.Error));
        Assert.Contains("new SYMBOL B|S|BACK|LAY", good.Output);
        Assert.EndsWith("PONG #1\nPONG mine\nEND #2\n", good.Output.ReplaceLineEndings("\n"));

        var bad = await ReplAsync("balance a99\nping");
        Assert.Equal(1, bad.ExitCode);
        Assert.StartsWith("ERR #1 not_found outcome=not_executed msg=", bad.Output);
        Assert.EndsWith("PONG #2", bad.Output.TrimEnd());

        var nonsense = await ReplAsync("what\nis\nthis\n" + string.Concat(Enumerable.Repeat("ping\n", 1_000)));
        Assert.NotEqual(0, nonsense.ExitCode);
        Assert.Equal(3, nonsense.Output.Split("ERR - malformed_request").Length - 1);
        Assert.DoesNotContain("PONG", nonsense.Output);
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_told()
    {
        var absent = await ReplAsync("ping\n");
        Assert.Equal((3, true), (absent.ExitCode, absent.Error.Contains($"127.0.0.1:{_tcp.Port}: ")));
        var elsewhere = await RbProcess.RunAsync("repl", "--endpoint", Endpoint, "--tcp", "127.0.0.2:1");
        Assert.Equal((2, true), (elsewhere.ExitCode, elsewhere.Error.Contains("is not the host of an endpoint")));
    }

    public void Dispose()
    {
        _http.Dispose();
        _peer.Dispose();
        _tcp.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<RbResult> ReplAsync(string input) => RbProcess.RunAsync(
        input, "whoever", ["repl", "--endpoint", Endpoint, "--tcp", $"127.0.0.1:{_tcp.Port}"]);
}
