using System.Globalization;
using ReplicatedBook.Client;
using ReplicatedBook.Cluster.Tests.Processes;
using ReplicatedBook.Contracts.Http;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Faults;

/// <summary>Goal: an end of a market that takes several log entries is finished by whoever leads next, and cancels and
/// pays everything once. Method: real nodes, more than 10,000 resting orders, and the leader killed as soon as the
/// first of the entries is answered.</summary>
public sealed class MarketEndTests
{
    private const int Accounts = 3;
    private const int Deposit = 10_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Resolution_with_more_orders_than_an_entry_cancels_goes_on_under_the_next_leader()
    {
        const int Orders = 21_000;
        await using var cluster = await ClusterProcesses.StartAsync();
        var accounts = await OpenAsync(cluster, "USD", scale: 2);
        (await cluster.Client.CreateEventAsync(new CreateEventRequest
        {
            EventId = "rain",
            Title = "Will it rain?",
            Collateral = "USD",
            Outcomes = [new() { Id = "YES" }, new() { Id = "NO" }],
            TickSize = "0.01",
        })).Require();
        (await cluster.Client.SplitSetAsync("rain", new() { AccountId = accounts[0], Quantity = "100" })).Require();
        await InParallelAsync(Orders / 100, async batch => (await cluster.Client.PlaceBatchAsync(new()
        {
            Orders = [.. Enumerable.Range(0, 100).Select(i => Bid(accounts[batch % Accounts], (batch + i) % 40))],
        })).Require());

        var first = await KillingTheLeaderAsync(cluster, async client => (await client.ResolveMarketAsync(
            "rain", new ResolveMarketRequest { Outcome = "YES" }, key: "end")).Require());
        Assert.Equal((true, 10_000L), (first.Settling, first.OrdersCanceled));

        var ended = await Patience.UntilAsync(
            async () => (await cluster.Client.GetMarketAsync("rain", ReadOptions.Strong)).Value
                is { Settling: false } market ? market : null,
            Limit, () => "the market's end did not go on");
        Assert.Equal((Orders, 1L, "0.00"), (ended.OrdersCanceled, ended.AccountsPaid, ended.CollateralLocked));
        await EverybodyHasEverythingAsync(cluster, accounts);
    }

    [Fact]
    public async Task Close_of_a_betting_market_in_batches_goes_on_under_the_next_leader_and_is_settled_once()
    {
        const int Bets = 10_000;
        const int Batch = 50;
        await using var cluster = await ClusterProcesses.StartAsync();
        var accounts = await OpenAsync(cluster, "EUR", scale: 4);
        (await cluster.Client.CreateBettingMarketAsync(new()
        {
            Name = "Final",
            BookType = "two_runner",
            Currency = "EUR",
            CommissionBps = 0,
            Runners = [new() { RunnerId = "1", Name = "Home" }, new() { RunnerId = "2", Name = "Away" }],
        })).Require();
        await InParallelAsync(Bets, async i => (await cluster.Client.PlaceOrderAsync(
            Bet(accounts[i % 2], "back", $"{2 + (i % 50 * 0.02m):F2}", "0.10"))).Require());
        var matched = (await cluster.Client.PlaceOrderAsync(Bet(accounts[2], "lay", "2.00", "1.00"))).Require();
        Assert.Equal("filled", matched.Order.Status);

        var first = await KillingTheLeaderAsync(cluster, async client => (await client.SetBettingStateAsync(
            "b1", new() { State = "closed", BatchSize = Batch }, key: "end")).Require());
        Assert.Equal((true, Batch), (first.BatchUnderWay, first.Affected));
        var closed = await UntilDoneAsync(cluster);
        Assert.Equal((0, "2.0000"), (closed.OpenOrders, closed.Pot));

        await KillingTheLeaderAsync(cluster, async client => (await client.SettleBettingMarketAsync(
            "b1", new() { Winners = ["1"], BatchSize = 1 }, key: "pay")).Require());
        Assert.Equal("0.0000", (await UntilDoneAsync(cluster)).Pot);
        var repeated = await cluster.Client.SettleBettingMarketAsync("b1", new() { Winners = ["2"] });
        Assert.Equal("market_state_conflict", repeated.Problem?.Code);
        await EverybodyHasEverythingAsync(cluster, accounts);
    }

    /// <summary>Accounts with money, once all nodes may have markets.</summary>
    private static async Task<string[]> OpenAsync(ClusterProcesses cluster, string asset, int scale)
    {
        await cluster.WaitFeatureLevelAsync();
        (await cluster.Client.CreateAssetAsync(new() { Asset = asset, Scale = scale })).Require();
        var accounts = new string[Accounts];
        for (var i = 0; i < Accounts; i++)
        {
            accounts[i] = (await cluster.Client.CreateAccountAsync(new())).Require().AccountId;
            (await cluster.Client.DepositAsync(
                accounts[i], new() { Asset = asset, Amount = Deposit.ToString(CultureInfo.InvariantCulture) }))
                .Require();
        }

        return accounts;
    }

    /// <summary>Sends a command to the leader and kills it when it has answered; then starts it again.</summary>
    private static async Task<T> KillingTheLeaderAsync<T>(
        ClusterProcesses cluster, Func<ReplicatedBookClient, Task<T>> sendAsync)
    {
        await cluster.WaitReadyAsync();
        var leader = await cluster.LeaderAsync();
        var answer = await sendAsync(cluster.At(leader));
        await cluster.KillAsync(leader);
        await cluster.LeaderAsync(except: leader);
        cluster.Start(leader);
        return answer;
    }

    private static Task<BettingMarketResponse> UntilDoneAsync(ClusterProcesses cluster) => Patience.UntilAsync(
        async () => (await cluster.Client.GetBettingMarketAsync("b1", ReadOptions.Strong)).Value
            is { BatchUnderWay: false } market ? market : null,
        Limit, () => "the market's work did not go on");

    /// <summary>Nothing is reserved, nothing is lost, and every node says so.</summary>
    private static async Task EverybodyHasEverythingAsync(ClusterProcesses cluster, string[] accounts)
    {
        await cluster.WaitReadyAsync();
        var index = await cluster.WaitEqualAsync();
        foreach (var name in cluster.Names)
        {
            var node = cluster.At(name);
            Assert.True((await node.GetConservationAsync(ReadOptions.Since(index))).Require().Ok, name);
            var sum = 0m;
            foreach (var account in accounts)
            {
                var balances = (await node.GetBalancesAsync(account, ReadOptions.Since(index))).Require().Items;
                Assert.All(balances, balance => Assert.Equal(balance.Total, balance.Available));
                sum += decimal.Parse(balances[0].Total, CultureInfo.InvariantCulture);
            }

            Assert.Equal(Accounts * Deposit, sum);
        }

        Assert.True((await cluster.Client.GetConsistencyAsync()).Require().Consistent);
    }

    private static async Task InParallelAsync(int count, Func<int, Task> doAsync) => await Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (i, _) => await doAsync(i));

    private static PlaceOrderRequest Bid(string account, int cents) => new()
    {
        AccountId = account,
        Instrument = "rain:YES",
        Side = "buy",
        Type = "limit",
        Price = $"0.{cents + 1:00}",
        Quantity = "1",
    };

    private static PlaceOrderRequest Bet(string account, string side, string odds, string stake) => new()
    {
        AccountId = account,
        Instrument = "b1:1",
        Side = side,
        Type = "limit",
        Price = odds,
        Quantity = stake,
    };
}
