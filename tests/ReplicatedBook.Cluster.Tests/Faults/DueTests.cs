using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: what is due happens although nobody writes, and whatever node dies. Method: real nodes that are only
/// read from; the leader that took the times is killed before they come.</summary>
public sealed class DueTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Orders_end_and_switches_fire_on_an_idle_cluster_and_after_its_leader_is_killed()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        var account = await OpenAsync(cluster);

        await EndsAsync(cluster, account, killsLeader: false);
        await EndsAsync(cluster, account, killsLeader: true);

        await cluster.WaitEqualAsync();
        var consistency = (await cluster.Client.GetConsistencyAsync()).Require();
        Assert.True(consistency.Consistent);
    }

    private static async Task EndsAsync(ClusterProcesses cluster, string account, bool killsLeader)
    {
        var kept = await PlaceAsync(cluster, account, null);
        var end = TimeOf(kept.CreatedAt) + Soon;
        var ending = await PlaceAsync(
            cluster, account, end.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        var set = (await cluster.Client.SetCancelAfterAsync(
            account, new CancelAfterRequest { TimeoutMs = (int)Soon.TotalMilliseconds })).Require();
        var shown = (await cluster.Client.GetAccountAsync(account, ReadOptions.Strong)).Require();
        Assert.Equal(set.CancelAt, shown.CancelAfterAt);
        if (killsLeader)
        {
            await cluster.KillAsync(await cluster.LeaderAsync());
        }

        var expired = await UntilClosedAsync(cluster, ending.OrderId);
        var canceled = await UntilClosedAsync(cluster, kept.OrderId);

        Assert.Equal(("expired", "good_til_date"), (expired.Status, expired.Reason));
        Assert.Equal(("canceled", "cancel_after"), (canceled.Status, canceled.Reason));
        Assert.True(TimeOf(expired.UpdatedAt) >= end, $"{expired.UpdatedAt} is before {end}");
        Assert.True(TimeOf(canceled.UpdatedAt) >= TimeOf(set.CancelAt!), $"{canceled.UpdatedAt} {set.CancelAt}");
        shown = (await cluster.Client.GetAccountAsync(account, ReadOptions.Strong)).Require();
        Assert.Null(shown.CancelAfterAt);
    }

    private static async Task<string> OpenAsync(ClusterProcesses cluster)
    {
        await cluster.WaitFeatureLevelAsync();
        var client = cluster.Client;
        await SpotMarket.OpenAsync(client);
        var account = (await client.CreateAccountAsync(new())).Require().AccountId;
        (await client.DepositAsync(account, new() { Asset = "USD", Amount = "1000" })).Require();
        return account;
    }

    private static async Task<OrderState> PlaceAsync(ClusterProcesses cluster, string account, string? expiresAt) =>
        (await cluster.Client.PlaceOrderAsync(new PlaceOrderRequest
        {
            AccountId = account,
            Instrument = SpotMarket.Symbol,
            Side = "buy",
            Type = "limit",
            Price = "1.00",
            Quantity = "1",
            TimeInForce = expiresAt is null ? null : "gtd",
            ExpiresAt = expiresAt,
        })).Require().Order;

    private static Task<OrderState> UntilClosedAsync(ClusterProcesses cluster, string order)
    {
        var seen = "";
        return Patience.UntilAsync(
            async () =>
            {
                var answer = await cluster.Client.GetOrderAsync(OrderName.ById(order), ReadOptions.Strong);
                seen = answer.Describe();
                return answer.Value?.Order is { Status: not "open" } closed ? closed : null;
            },
            Limit, () => $"order {order} stayed open: {seen}");
    }

    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
