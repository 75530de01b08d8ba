using System.Globalization;
using System.Text.Json;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: one prediction market on several nodes, paid once whatever node dies. Method: real nodes, every
/// request at another one, the leader killed between a resolution and its repetition.</summary>
public sealed class PredictionTests
{
    private const string Event = "rain";
    private const decimal Deposit = 100;

    [Fact]
    public async Task A_market_is_minted_at_all_nodes_resolved_once_and_accounted_for_on_each()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        await cluster.WaitFeatureLevelAsync();
        var (n1, n2, n3) = (cluster.At("n1"), cluster.At("n2"), cluster.At("n3"));
        var (a, b, c) = await OpenAsync(n1, n2, n3);

        var bid = await PlaceAsync(n1, a, "YES", "buy", "0.60", "10");
        var minted = await PlaceAsync(n2, b, "NO", "buy", "0.45", "10");
        (await n3.SplitSetAsync(Event, new SetRequest { AccountId = c, Quantity = "20" })).Require();
        await PlaceAsync(n1, c, "NO", "sell", "0.70", "8"); // Both rest, and are canceled at the end.
        var resting = await PlaceAsync(n2, a, "NO", "buy", "0.10", "5");

        Assert.Equal(("open", "filled"), (bid.Order.Status, minted.Order.Status));
        Assert.Equal("0.40", Assert.Single(minted.Fills).Price);
        Assert.Equal(("buy", "0.10", "sell", "0.90"), TermsOf(resting.Order));
        foreach (var name in cluster.Names)
        {
            var market = (await cluster.At(name).GetMarketAsync(
                Event, ReadOptions.Since(resting.Order.CreatedIndex))).Require();
            Assert.Equal(("30", "30.00", "0.10"),
                (market.OpenInterest, market.CollateralLocked, market.Outcomes[1].BestBid));
        }

        var resolution = new ResolveMarketRequest { Outcome = "YES" };
        var resolved = (await n3.ResolveMarketAsync(Event, resolution, key: "resolve-rain")).Require();
        Assert.Equal(("resolved", 2L, 3L), (resolved.Status, resolved.OrdersCanceled, resolved.AccountsPaid));
        var leader = await cluster.LeaderAsync();
        await cluster.KillAsync(leader);
        var again = await cluster.Client.ResolveMarketAsync(Event, resolution, key: "resolve-rain");
        Assert.Equal(resolved.Receipt!.Index, again.Require().Receipt!.Index);
        var other = await cluster.Client.ResolveMarketAsync(Event, new ResolveMarketRequest { Outcome = "NO" });
        Assert.Equal("already_resolved", other.Problem?.Code);

        cluster.Start(leader);
        await cluster.WaitReadyAsync();
        await AccountedForAsync(cluster, (a, Deposit + 4), (b, Deposit - 4), (c, Deposit));
    }

    /// <summary>An account at each node, with money, and the event.</summary>
    private static async Task<(string A, string B, string C)> OpenAsync(params ReplicatedBookClient[] nodes)
    {
        (await nodes[0].CreateAssetAsync(new() { Asset = "USD", Scale = 2 })).Require();
        var accounts = new List<string>();
        foreach (var node in nodes)
        {
            accounts.Add((await node.CreateAccountAsync(new())).Require().AccountId);
            (await node.DepositAsync(
                accounts[^1], new() { Asset = "USD", Amount = Deposit.ToString(CultureInfo.InvariantCulture) }))
                .Require();
        }

        (await nodes[1].CreateEventAsync(new CreateEventRequest
        {
            EventId = Event,
            Title = "Will it rain?",
            Collateral = "USD",
            Outcomes = [new() { Id = "YES" }, new() { Id = "NO" }],
            TickSize = "0.01",
        })).Require();
        return (accounts[0], accounts[1], accounts[2]);
    }

    private static async Task<OrderResponse> PlaceAsync(
        ReplicatedBookClient node, string account, string outcome, string side, string price, string quantity) =>
        (await node.PlaceOrderAsync(new PlaceOrderRequest
        {
            AccountId = account,
            Instrument = $"{Event}:{outcome}",
            Side = side,
            Type = "limit",
            Price = price,
            Quantity = quantity,
        })).Require();

    private static (string Side, string? Price, string? BookSide, string? BookPrice) TermsOf(OrderState order) =>
        (order.Side, order.Price, order.CanonicalSide, order.CanonicalPrice);

    /// <summary>Every node has one digest, one audit at one index, and what each account should have.</summary>
    private static async Task AccountedForAsync(
        ClusterProcesses cluster, params (string Account, decimal Total)[] accounts)
    {
        var index = await cluster.WaitEqualAsync();
        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
        var audits = new HashSet<string>();
        foreach (var name in cluster.Names)
        {
            var node = cluster.At(name);
            var audit = (await node.GetConservationAsync(new ReadOptions(AtIndex: index))).Require();
            Assert.True(audit.Ok, name);
            Assert.Equal((index, "0.00"), (audit.Index, Assert.Single(audit.Markets).CollateralLocked));
            audits.Add(JsonSerializer.Serialize(audit, ResponseJson.Default.ConservationResponse));
            foreach (var (account, total) in accounts)
            {
                var portfolio = (await node.GetPortfolioAsync(account, ReadOptions.Since(index))).Require();
                Assert.Equal(
                    total, decimal.Parse(Assert.Single(portfolio.Totals).Total, CultureInfo.InvariantCulture));
                Assert.All(portfolio.Positions, position => Assert.Equal("0", position.Quantity));
            }
        }

        Assert.Single(audits);
    }
}
