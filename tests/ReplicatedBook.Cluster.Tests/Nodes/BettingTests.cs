using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Nodes;

/// <summary>Goal: a betting market lives from its creation to its payment on any node, and all nodes agree. Method:
/// three processes; each step goes to another node, and what it did is read from a third.</summary>
public sealed class BettingTests
{
    [Fact]
    public async Task Bets_at_different_nodes_match_implied_lapse_in_play_and_are_settled_alike_everywhere()
    {
        await using var cluster = await ClusterProcesses.StartAsync();
        await cluster.WaitFeatureLevelAsync();
        var (n1, n2, n3) = (cluster.At("n1"), cluster.At("n2"), cluster.At("n3"));
        (await n1.CreateAssetAsync(new() { Asset = "EUR", Scale = 4 })).Require();
        var (first, second) = (await FundedAsync(n1), await FundedAsync(n2));
        var market = (await n3.CreateBettingMarketAsync(new()
        {
            Name = "Home v Away",
            BookType = "two_runner",
            InPlayCapable = true,
            Currency = "EUR",
            CommissionBps = 200,
            Runners = [new() { RunnerId = "1", Name = "Home" }, new() { RunnerId = "2", Name = "Away" }],
        })).Require();

        var resting = (await n1.PlaceOrderAsync(Bet(first, market, 1, "back", "3", "12"))).Require();
        var persisting = (await n3.PlaceOrderAsync(
            Bet(second, market, 1, "lay", "1.5", "7") with { Persistence = "persist" })).Require();
        var taken = (await n2.PlaceOrderAsync(Bet(second, market, 2, "back", "1.5", "20"))).Require();
        Assert.Equal(("filled", true), (taken.Order.Status, Assert.Single(taken.Fills).Implied));
        await ExpectExposureAsync(n3, first, taken.Receipt!.Index, ("20.0000", "-10.0000", "2.0000"));
        await ExpectExposureAsync(n1, second, taken.Receipt.Index, ("-20.0000", "10.0000", "3.5000"));

        var awaiting = (await n2.SetBettingPhaseAsync(
            market.MarketId, new() { Phase = "awaiting_live" }, market.Version)).Require();
        var inPlay = (await n3.SetBettingPhaseAsync(
            market.MarketId, new() { Phase = "in_play" }, awaiting.Version)).Require();
        Assert.Equal(("in_play", 1), (inPlay.Phase, inPlay.OpenOrders));
        var lapsed = (await n1.GetOrderAsync(OrderName.ById(resting.Order.OrderId), ReadOptions.Strong)).Require();
        Assert.Equal(
            ("canceled", "lapsed", "10.0000"), (lapsed.Order.Status, lapsed.Order.Reason, lapsed.Order.FilledQuantity));
        var kept = (await n2.GetOrderAsync(OrderName.ById(persisting.Order.OrderId), ReadOptions.Strong)).Require();
        Assert.Equal("open", kept.Order.Status);

        (await n1.SetBettingStateAsync(market.MarketId, new() { State = "closed" })).Require();
        var settled = (await n2.SettleBettingMarketAsync(market.MarketId, new() { Winners = ["1"] })).Require();
        Assert.Equal(("settled", "0.0000", 0), (settled.State, settled.Pot, settled.OpenOrders));

        Assert.Equal("1019.6000", await AvailableAsync(n3, first));
        Assert.Equal("980.0000", await AvailableAsync(n3, second));
        await cluster.WaitEqualAsync(settled.Receipt!.Index);
        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
    }

    private static PlaceOrderRequest Bet(
        string account, BettingMarketResponse market, int runner, string side, string odds, string stake) => new()
        {
            AccountId = account,
            Instrument = market.Runners[runner - 1].Instrument,
            Side = side,
            Type = "limit",
            Price = odds,
            Quantity = stake,
        };

    private static async Task<string> FundedAsync(ReplicatedBookClient node)
    {
        var account = (await node.CreateAccountAsync(new())).Require().AccountId;
        (await node.DepositAsync(account, new() { Asset = "EUR", Amount = "1000" })).Require();
        return account;
    }

    private static async Task ExpectExposureAsync(
        ReplicatedBookClient node, string account, long index, (string IfWin, string IfLose, string Liability) expected)
    {
        var exposure = (await node.GetExposureAsync(account, null, ReadOptions.Since(index))).Require();
        var home = exposure.Items[0];
        Assert.Equal(("1", expected), (home.RunnerId, (home.IfWin, home.IfLose, home.Liability)));
    }

    private static async Task<string> AvailableAsync(ReplicatedBookClient node, string account)
    {
        var balance = Assert.Single((await node.GetBalancesAsync(account, ReadOptions.Strong)).Require().Items);
        Assert.Equal(balance.Total, balance.Available);
        return balance.Available;
    }
}
