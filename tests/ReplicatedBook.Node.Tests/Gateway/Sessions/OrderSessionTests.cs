using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Gateway.Sessions;

/// <summary>Goal: a connection's session holds what it promises on a node that lives. Method: orders placed by the
/// routes in process, as other transports place them.</summary>
public sealed class OrderSessionTests
{
    [Fact]
    public async Task Closing_cancels_at_once_and_nothing_is_placed_in_what_has_ended()
    {
        await using var node = await TestNode.StartReadyAsync();
        await node.OpenMarketAsync();
        var session = await node.OpenSessionAsync();
        var placed = await node.PlaceInAsync(session);
        var batch = await node.CallAsync(
            session, "/v1/orders/batch",
            $$"""{"orders":[{{NodeFixture.Limit("a1", "S", "buy", "1.01", "1")}}],"atomic":true}""");
        var inBatch = OrdersOfSessions.Json(batch).GetProperty("results")[0].GetProperty("order")
            .GetProperty("order_id").GetString()!;
        var kept = await node.PlaceInAsync(null);

        await session.DisposeAsync();
        await session.DisposeAsync();

        Assert.Equal(("canceled", "session_ended"), await node.StateOfAsync(placed));
        Assert.Equal(("canceled", "session_ended"), await node.StateOfAsync(inBatch));
        Assert.Equal("open", (await node.StateOfAsync(kept)).Status);
        var late = await node.CallAsync(session, "/v1/orders", NodeFixture.Limit("a1", "S", "buy", "1.00", "1"));
        Assert.Equal(409, late.Status);
        Assert.Equal("session_ended", OrdersOfSessions.Json(late).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_session_lives_beyond_its_lease_while_its_node_does_and_its_end_is_told_in_the_feed()
    {
        await using var node = await TestNode.StartReadyAsync("--Sessions:Lease=00:00:01");
        await node.OpenMarketAsync();
        var session = await node.OpenSessionAsync();
        var placed = await node.PlaceInAsync(session);
        var reader = node.Services.GetRequiredService<IReplicaReader>();
        var until = reader.ClusterTime.Microseconds + 3_000_000;
        using var patience = new CancellationTokenSource(TestClient.Patience);
        while (reader.ClusterTime.Microseconds < until)
        {
            await reader.WaitAppliedAsync(node.AppliedIndex + 1, patience.Token); // Each renewal is an entry.
        }

        Assert.Equal("open", (await node.StateOfAsync(placed)).Status);
        var state = (await node.Client.GetAsync("/v1/node/state?part=order_sessions")).Expect(200);
        Assert.Equal($"os{session.Number}", state.TextAt("items", "0", "session_id"));
        await session.DisposeAsync();
        Assert.Equal(("canceled", "session_ended"), await node.StateOfAsync(placed));
        var feed = (await node.Client.GetAsync("/v1/feed?from_index=1&limit=1000")).Expect(200).Text;
        Assert.Contains("\"change\":\"opened\"", feed, StringComparison.Ordinal);
        Assert.Contains("\"change\":\"closed\"", feed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_started_again_ends_what_its_former_run_has_left()
    {
        var folder = Directory.CreateTempSubdirectory("rb-node-again-").FullName;
        string[] settings = [$"--Node:DataDirectory={folder}", "--Sessions:Lease=00:01:00"];
        try
        {
            string placed;
            await using (var node = await TestNode.StartReadyAsync(settings))
            {
                await node.OpenMarketAsync();
                placed = await node.PlaceInAsync(await node.OpenSessionAsync());
            }

            await using var again = await TestNode.StartReadyAsync(settings);
            Assert.Equal("session_ended", await again.EndOfAsync(placed));
            var feed = (await again.Client.GetAsync("/v1/feed?from_index=1&limit=1000")).Expect(200).Text;
            Assert.Contains("\"change\":\"node_restarted\"", feed, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_session_that_nobody_waited_for_is_closed_again()
    {
        await using var node = await TestNode.StartReadyAsync("--Sessions:Lease=00:00:01");
        await node.WaitForFeatureLevelAsync();
        var sessions = node.Services.GetRequiredService<OrderSessions>();
        using var gone = new CancellationTokenSource();
        var opening = sessions.OpenAsync(Caller.Local(null), default, gone.Token);
        await gone.CancelAsync();
        try
        {
            var (session, _) = await opening;
            await session!.DisposeAsync(); // It was faster.
        }
        catch (OperationCanceledException)
        {
            Assert.True(sessions.AreKept);
        }

        using var patience = new CancellationTokenSource(TestClient.Patience);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (sessions.AreKept || await CountAsync(node) > 0)
        {
            await pace.WaitForNextTickAsync(patience.Token);
        }
    }

    [Fact]
    public async Task What_the_cluster_refuses_is_told()
    {
        await using var node = await TestNode.StartReadyAsync();
        await node.WaitForFeatureLevelAsync();
        var (session, refusal) = await node.Services.GetRequiredService<OrderSessions>().OpenAsync(
            Caller.Local(null), OrderSessions.MaxGrace + TimeSpan.FromMilliseconds(1),
            TestContext.Current.CancellationToken);
        Assert.Null(session);
        Assert.Equal(("invalid_field", "rejected"), (refusal!.Code.Code, refusal.Outcome));
    }

    private static async Task<int> CountAsync(TestNode node) =>
        (await node.Services.GetRequiredService<IReplicaReader>().ReadAsync(
            exchange => exchange.OrderSessions.Count, TestContext.Current.CancellationToken)).Value;
}
