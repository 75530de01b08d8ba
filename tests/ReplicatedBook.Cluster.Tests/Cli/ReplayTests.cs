using ReplicatedBook.Cli.DevCluster;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: a replay tells equal from different, also while the leader dies. Method: a small made-up recording,
/// and the recorded exchange flow where it is at hand, against real nodes.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const string Commands =
        """
        row,time,kind,op,order_id,side,price,qty
        1,0,S,LIMIT,11,S,1000100,10
        1,0,S,LIMIT,12,S,1000100,20
        1,0,S,LIMIT,13,B,1000000,5
        1,0,R,REDUCE,12,S,1000100,5
        2,0,R,IOC,0,B,1000200,12
        3,0,R,CANCEL,13,B,1000000,5
        """;

    private const string Books =
        """
        row,ask_px_1,ask_qty_1,bid_px_1,bid_qty_1
        0,1000100,30,1000000,5
        1,1000100,25,1000000,5
        2,1000100,13,1000000,5
        3,1000100,13,-9999999999,0
        """;

    private const string Fills =
        """
        row,maker_order_id,price,qty
        2,11,1000100,10
        2,12,1000100,2
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
    private ClusterProcesses _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await ClusterProcesses.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Equal_recording_ends_with_0_and_a_used_symbol_is_refused()
    {
        var rb = await ReplayAsync(Commands, Books, Fills);
        Assert.True(rb.ExitCode == 0, rb.Output + rb.Error);
        Assert.Contains("books      3 of 3 equal", rb.Output);
        Assert.Contains("fill lists 1 of 1 equal", rb.Output);
        var again = await ReplayAsync(Commands, Books, Fills);
        Assert.Equal((2, true), (again.ExitCode, again.Error.Contains("--fresh-symbol")));
        Assert.Equal(0, (await ReplayAsync(Commands, Books, Fills, "--fresh-symbol")).ExitCode);
    }

    [Fact]
    public async Task Different_book_or_fills_end_with_5_and_are_shown()
    {
        var book = await ReplayAsync(Commands, Books.Replace("1000100,13,1000000,5", "1000100,14,1000000,5"), Fills);
        Assert.Equal((5, true), (book.ExitCode, book.Output.Contains("first difference, book of row 2")));
        var fills = await ReplayAsync(Commands, Books, Fills.Replace("2,11,", "2,12,"), "--fresh-symbol");
        Assert.Equal((5, true), (fills.ExitCode, fills.Output.Contains("first difference, fills of line 5")));
    }

    [Fact]
    public async Task Recorded_flow_is_equal_although_the_leader_is_killed_in_the_middle()
    {
        var recording = RecordedFlow();
        Assert.SkipWhen(recording is null, "the recorded order flow is not at hand (../shared/data/lobster)");
        using var rb = RbProcess.Start(
        [
            "replay", Path.Combine(recording!, "cmds.csv"),
            "--expect-book", Path.Combine(recording!, "expected_book.csv"),
            "--expect-fills", Path.Combine(recording!, "expected_fills.csv"), "--endpoint", Endpoints(),
        ]);
        var error = rb.StandardError.ReadToEndAsync();
        var leader = await _cluster.LeaderAsync();
        for (var progress = 0; progress < 2;)
        {
            var line = await rb.StandardOutput.ReadLineAsync();
            Assert.True(line is not null, await error);
            progress += line!.Contains("books equal") ? 1 : 0;
        }

        await _cluster.KillAsync(leader);
        var rest = await rb.StandardOutput.ReadToEndAsync();
        await rb.WaitForExitAsync();
        Assert.True(rb.ExitCode == 0, rest + await error);
        Assert.Contains("books      956 of 956 equal", rest);
        Assert.Contains("fill lists 63 of 63 equal", rest);
    }

    private static string? RecordedFlow()
    {
        var root = NodeProgram.FindRoot();
        var path = root is null ? null : Path.Combine(root, "../shared/data/lobster/dev_aapl_l10_open/sweep");
        return path is not null && Directory.Exists(path) ? path : null;
    }

    private Task<RbResult> ReplayAsync(string commands, string books, string fills, params string[] further) =>
        RbProcess.RunAsync(
        [
            "replay", Write("cmds.csv", commands), "--expect-book", Write("book.csv", books),
            "--expect-fills", Write("fills.csv", fills), "--endpoint", Endpoints(), .. further,
        ]);

    private string Endpoints() => string.Join(',', _cluster.Endpoints.Select(endpoint => endpoint.Authority));

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
