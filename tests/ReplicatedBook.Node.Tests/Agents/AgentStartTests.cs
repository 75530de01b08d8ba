using ReplicatedBook.Agents;
using ReplicatedBook.Agents.Running;
using ReplicatedBook.Client;
using ReplicatedBook.Client.Outcomes;
using ReplicatedBook.Contracts.Http;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: however often an agent starts, what it needs is there once. Method: two starts, on a node.</summary>
[Collection(nameof(AgentNode))]
public sealed class AgentStartTests(NodeFixture node) : IDisposable
{
    private readonly ReplicatedBookClient _client = new([node.Client.Http.BaseAddress!]);
    private readonly List<AgentEvent> _told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AgentStart Start => new(_client, _told.Add, TimeProvider.System);

    [Fact]
    public async Task Money_is_paid_in_once_also_when_it_was_spent()
    {
        var account = (await _client.CreateAccountAsync(new(), null, Cancellation)).Require().AccountId;
        await Start.FundAsync(account, "USD", 1000.50m, Cancellation);
        await Start.FundAsync(account, "USD", 1000.50m, Cancellation);
        Assert.Equal("1000.50", await TotalAsync(account));
        await Start.FundAsync(account, "USD", 7m, Cancellation); // Another amount: there is some already.
        Assert.Equal("1000.50", await TotalAsync(account));

        var all = new FundsRequest { Asset = "USD", Amount = "1000.50" };
        (await _client.WithdrawAsync(account, all, null, Cancellation)).Require();
        await Start.FundAsync(account, "USD", 1000.50m, Cancellation);
        Assert.Equal("0.00", await TotalAsync(account) ?? "0.00");
    }

    [Fact]
    public async Task An_account_is_found_by_its_id_or_by_a_label_that_one_has()
    {
        var venue = Venue("LBL", "found-1", "found-2");
        var accounts = await new VenueSetup(_client).RunAsync(venue, Cancellation);
        (await _client.CreateAccountAsync(new() { Label = "found-2" }, null, Cancellation)).Require();

        Assert.Equal(accounts[0], await Start.FindAccountAsync("label=found-1", Cancellation));
        Assert.Equal(accounts[0], await Start.FindAccountAsync(accounts[0], Cancellation));
        Assert.Null(await Start.FindAccountAsync("label=found-2", Cancellation));
        Assert.Null(await Start.FindAccountAsync("label=found-3", Cancellation));
        await Assert.ThrowsAsync<OutcomeException>(() => Start.FindAccountAsync("a999", Cancellation));
        await Assert.ThrowsAsync<OutcomeException>(() => Start.FindMarketAsync("NO-SUCH", Cancellation));
    }

    [Fact]
    public async Task What_agents_need_is_made_once()
    {
        var venue = Venue("ONCE", "once-1", "once-2");
        var first = await new VenueSetup(_client).RunAsync(venue, Cancellation);
        var second = await new VenueSetup(_client).RunAsync(venue with { Labels = ["once-2", "once-3"] }, Cancellation);

        Assert.Equal(first[1], second[0]);
        Assert.Equal(3, first.Concat(second).Distinct().Count());
        var market = await Start.FindMarketAsync("ONCE-USD", Cancellation);
        Assert.Equal(("ONCE", "USD", 0.5m, 0.001m), (market.Base, market.Quote, market.Tick, market.Lot));
    }

    [Fact]
    public async Task Orders_of_an_earlier_run_are_taken_out_of_one_side_of_one_book()
    {
        var (account, symbol, another) =
            (await node.NewAccountAsync(), await node.NewInstrumentAsync(), await node.NewInstrumentAsync());
        await node.PlaceAsync(account, symbol, "buy", "9.00", "1");
        await node.PlaceAsync(account, symbol, "buy", "8.00", "1");
        await node.PlaceAsync(account, symbol, "sell", "10.00", "1");
        await node.PlaceAsync(account, another, "buy", "9.00", "1");

        await Start.ClearAsync(account, symbol, "buy", Cancellation);

        Assert.Equal((0, 1), await CountAsync(symbol));
        Assert.Equal((1, 0), await CountAsync(another));
        Assert.StartsWith("2 orders", Assert.Single(_told).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_waits_for_a_node_and_tells_so()
    {
        using var lost = new ReplicatedBookClient(
            [new Uri($"http://127.0.0.1:{TestNode.FreePort()}")], new ClientOptions { MaxAttempts = 1 });
        using var end = new CancellationTokenSource(TestClient.Patience);
        void Tell(AgentEvent told)
        {
            _told.Add(told);
            end.Cancel();
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new AgentStart(lost, Tell, TimeProvider.System).FindMarketAsync("X", end.Token));
        Assert.Equal(AgentAction.Waiting, Assert.Single(_told).Action);
    }

    public void Dispose() => _client.Dispose();

    private static VenueSettings Venue(string asset, params string[] labels) =>
        new($"{asset}-USD", asset, 4, "USD", 2, 0.5m, 0.001m, labels);

    private async Task<string?> TotalAsync(string account) =>
        (await _client.GetBalancesAsync(account, ReadOptions.Strong, Cancellation)).Require()
            .Items.SingleOrDefault(balance => balance.Asset == "USD")?.Total;

    private async Task<(int Bids, int Asks)> CountAsync(string symbol)
    {
        var book = (await _client.GetBookAsync(symbol, 100, 3, ReadOptions.Strong, Cancellation)).Require();
        return (book.Bids.Count, book.Asks.Count);
    }
}
