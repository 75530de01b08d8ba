using System.Text.Json;
using ReplicatedBook.Cluster.Tests.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Cli;

/// <summary>Goal: scripts can rely on how rb ends. Method: the real program against a double of a node.</summary>
public sealed class ExitCodeTests
{
    private const string Order =
        """
        {"order":{"order_id":"7","client_order_id":"c","account_id":"1","instrument":"BTC-USD","side":"buy",
        "type":"limit",
        "price":"60000.00","quantity":"0.1000","filled_quantity":"0.0000","remaining_quantity":"0.1000","status":"open",
        "time_in_force":"gtc","post_only":false,"stp":"cancel_taker","reserved":"6000.00",
        "created_index":9,"updated_index":9,
        "created_at":"t","updated_at":"t"},"fills":[]}
        """;

    [Fact]
    public async Task Committed_order_ends_with_0_and_prints_it()
    {
        await using var node = new NodeDouble().Answer(201, Order);
        var rb = await RunAsync(
            node, "order", "buy", "BTC-USD", "0.1", "@60000", "--cid", "c", "--ioc", "--account", "1");
        Assert.Equal((0, ""), (rb.ExitCode, rb.Error));
        Assert.Contains("60000.00", rb.Output);
        using var sent = JsonDocument.Parse(Assert.Single(node.Bodies));
        Assert.Equal("60000", sent.RootElement.GetProperty("price").GetString());
        Assert.Equal("ioc", sent.RootElement.GetProperty("time_in_force").GetString());
        Assert.Equal("limit", sent.RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Order_without_a_price_is_a_market_order()
    {
        await using var node = new NodeDouble().Answer(201, Order);
        Assert.Equal(0, (await RunAsync(node, "order", "sell", "BTC-USD", "0.1")).ExitCode);
        using var sent = JsonDocument.Parse(Assert.Single(node.Bodies));
        Assert.Equal("market", sent.RootElement.GetProperty("type").GetString());
        Assert.False(sent.RootElement.TryGetProperty("price", out _));
    }

    [Fact]
    public async Task Output_as_json_is_the_answer()
    {
        await using var node = new NodeDouble().Answer(200, Order);
        var rb = await RunAsync(node, "order", "get", "cid=c", "--account", "1", "-o", "json");
        using var printed = JsonDocument.Parse(rb.Output);
        Assert.Equal("7", printed.RootElement.GetProperty("order").GetProperty("order_id").GetString());
        Assert.StartsWith("/v1/orders/by_client_id/c?account_id=1&", Assert.Single(node.Paths));
    }

    [Fact]
    public async Task Refused_order_ends_with_1_and_says_why()
    {
        await using var node = new NodeDouble().Problem(422, "insufficient_funds", "rejected");
        var rb = await RunAsync(node, "order", "buy", "BTC-USD", "1", "@1");
        Assert.Equal((1, true), (rb.ExitCode, rb.Error.Contains("insufficient_funds")));
    }

    [Theory]
    [InlineData("order", "buy", "BTC-USD")]
    [InlineData("no-such-command")]
    [InlineData("order", "buy", "BTC-USD", "1", "@1", "--ioc", "--fok")]
    [InlineData("book", "BTC-USD", "--level", "4")]
    [InlineData("balances", "1", "--endpoint", "ftp://x")]
    [InlineData("replay", "no-such-file.csv")]
    public async Task Misuse_ends_with_2_and_sends_nothing(params string[] arguments)
    {
        var rb = await RbProcess.RunAsync(arguments);
        Assert.Equal(2, rb.ExitCode);
        Assert.StartsWith("rb: ", rb.Error);
    }

    [Fact]
    public async Task Nobody_there_ends_with_3()
    {
        using var lease = PortLease.Take();
        var endpoint = $"127.0.0.1:{lease.Port}";
        string[] there = ["--endpoint", endpoint, "--timeout", "1"];
        Assert.Equal(3, (await RbProcess.RunAsync(["balances", "1", .. there])).ExitCode);
        Assert.Equal(3, (await RbProcess.RunAsync(["deposit", "1", "5", "USD", .. there])).ExitCode);
        var status = await RbProcess.RunAsync("cluster", "status", "--endpoint", endpoint);
        Assert.Equal((3, true), (status.ExitCode, status.Output.Contains("down")));
    }

    [Fact]
    public async Task Unknown_outcome_ends_with_4_and_names_the_key()
    {
        await using var node = new NodeDouble().Problem(504, "outcome_unknown", "unknown");
        var rb = await RunAsync(node, "deposit", "1", "5", "USD", "--timeout", "1");
        Assert.Equal((4, true), (rb.ExitCode, rb.Error.Contains(node.Keys[0])));
        Assert.Single(node.Keys.Distinct());
    }

    [Fact]
    public async Task Different_digests_end_with_5()
    {
        await using var first = Node("n1", "aa");
        await using var second = Node("n2", "bb");
        var rb = await RbProcess.RunAsync(
            "cluster", "check", "--endpoint", $"{first.Endpoint.Authority},{second.Endpoint.Authority}");
        Assert.Equal((5, true), (rb.ExitCode, rb.Output.Contains("DIFFERENT at index 5")));
    }

    private static Task<RbResult> RunAsync(NodeDouble node, params string[] arguments) =>
        RbProcess.RunAsync([.. arguments, "--endpoint", node.Endpoint.Authority]);

    /// <summary>The same body serves as a node's status and as its digest.</summary>
    private static NodeDouble Node(string name, string digest) => new NodeDouble().Answer(
        200,
        $$"""
        {"node_id":"{{name}}","version":"1","role":"follower","term":1,"commit_index":5,"applied_index":5,
        "last_log_index":5,"snapshot_index":0,"first_log_index":1,"oldest_index":1,"log_bytes":1,"uptime_s":1,
        "digest":"{{digest}}","index":5}
        """);
}
