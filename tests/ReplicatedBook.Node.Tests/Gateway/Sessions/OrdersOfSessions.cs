using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ReplicatedBook.Node.Api.InProcess;
using ReplicatedBook.Node.Gateway.Sessions;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Gateway.Sessions;

/// <summary>Orders as a connection places them in its session: by the routes, in process.</summary>
internal static class OrdersOfSessions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Two assets, the instrument S and account a1 with money.</summary>
    public static async Task OpenMarketAsync(this TestNode node)
    {
        await node.WaitForFeatureLevelAsync();
        (await node.Client.PostAsync("/v1/assets", """{"asset":"USD","scale":2}""")).Expect(201);
        (await node.Client.PostAsync("/v1/assets", """{"asset":"BTC","scale":8}""")).Expect(201);
        (await node.Client.PostAsync("/v1/instruments", NodeFixture.Instrument("S"))).Expect(201);
        (await node.Client.PostAsync("/v1/accounts", "{}")).Expect(201);
        (await node.Client.PostAsync("/v1/accounts/a1/deposits", """{"asset":"USD","amount":"1000000"}""")).Expect(201);
    }

    public static async Task<OrderSession> OpenSessionAsync(this TestNode node, TimeSpan grace = default)
    {
        var (session, refusal) = await node.Services.GetRequiredService<OrderSessions>()
            .OpenAsync(Caller.Local(null), grace, TestContext.Current.CancellationToken);
        Assert.Null(refusal);
        return session!;
    }

    /// <summary>Places an order in a session and gives its id.</summary>
    public static async Task<string> PlaceInAsync(this TestNode node, OrderSession? session)
    {
        var placed = await node.CallAsync(session, "/v1/orders", NodeFixture.Limit("a1", "S", "buy", "1.00", "1"));
        Assert.Equal(201, placed.Status);
        return Json(placed).GetProperty("order").GetProperty("order_id").GetString()!;
    }

    public static async Task<RouteAnswer> CallAsync(
        this TestNode node, OrderSession? session, string target, string body) =>
        await node.Services.GetRequiredService<RouteCaller>().CallAsync(
            new RouteCall("POST", target)
            {
                Body = Encoding.UTF8.GetBytes(body),
                OrderSession = session?.Number ?? 0,
            },
            TestContext.Current.CancellationToken);

    public static JsonElement Json(RouteAnswer answer) => JsonDocument.Parse(answer.Body).RootElement;

    /// <summary>Status of an order, and why it ended, as the cluster has them now.</summary>
    public static async Task<(string? Status, string? Reason)> StateOfAsync(this TestNode node, string order) =>
        StateOf((await node.Client.GetAsync($"/v1/orders/{order}?timeout_ms=10000")).Expect(200));

    /// <summary>Waits until an order is open no more, and gives why.</summary>
    public static async Task<string?> EndOfAsync(this TestNode node, string order)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pace = new PeriodicTimer(LookAgain); // How often to look; what ends the wait is the condition.
        while (true)
        {
            var answer = await node.Client.GetAsync($"/v1/orders/{order}?timeout_ms=10000");
            if (answer.Status == System.Net.HttpStatusCode.OK && StateOf(answer) is { Status: not "open" } closed)
            {
                return closed.Reason;
            }

            await pace.WaitForNextTickAsync(patience.Token);
        }
    }

    private static (string? Status, string? Reason) StateOf(Answer answer)
    {
        var order = answer.At("order");
        return (
            order.GetProperty("status").GetString(),
            order.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }
}
