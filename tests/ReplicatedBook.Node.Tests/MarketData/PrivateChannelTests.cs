using System.Text;
using System.Text.Json;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.MarketData;
using ReplicatedBook.Node.Security;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.MarketData;

/// <summary>Goal: private channels tell all of one's own and nothing of others, and end when they must.</summary>
public sealed class PrivateChannelTests
{
    /// <summary>Method: random commands of five users; what each is told is what the state has of theirs.</summary>
    [Fact]
    public async Task Fills_are_ones_own_and_all_of_them()
    {
        await using var venue = new DataVenue();
        await using var fills = await venue.OpenAsync("fills", DataVenue.User(2));
        Assert.Equal("snapshot 0 []", await fills.NextAsync(withIndex: false));
        var traffic = new DataTraffic(venue.Replica, seed: 31);
        for (var i = 0; i < 1_500; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        var due = Enumerable.Range(1, 4)
            .SelectMany(id => venue.Replica.Exchange.Trades(new InstrumentId(id), default, 10_000))
            .Where(trade => IsOf(2, trade.MakerOrder) || IsOf(2, trade.TakerOrder))
            .Select(trade => $"{trade.Id.Value}").ToHashSet(StringComparer.Ordinal);
        Assert.True(due.Count > 50);
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (told.Count < due.Count)
        {
            await fills.NextAsync();
            foreach (var item in JsonDocument.Parse(fills.Last.Data).RootElement.EnumerateArray())
            {
                var data = item.GetProperty("data");
                Assert.True(told.Add(data.GetProperty("trade_id").GetString()!));
                RequireOwn(data, "a2");
            }
        }

        Assert.Equal(due.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));

        bool IsOf(int account, OrderId order) =>
            venue.Replica.Exchange.FindOrder(order)!.Account == new AccountId(account);
    }

    /// <summary>Method: the open orders that are kept from events are those of the state, and no other's are
    /// named.</summary>
    [Fact]
    public async Task Orders_begin_with_those_open_and_go_on_with_what_happens_to_them()
    {
        await using var venue = new DataVenue();
        var traffic = new DataTraffic(venue.Replica, seed: 32);
        for (var i = 0; i < 500; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        await using var orders = await venue.OpenAsync("orders", DataVenue.User(3));
        await orders.NextAsync();
        var first = JsonDocument.Parse(orders.Last.Data).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            venue.Replica.Exchange.OpenOrders(new AccountId(3)).Select(order => $"{order.Id.Value}"),
            first.Select(order => order.GetProperty("order_id").GetString()!));
        Assert.True(first.Count > 3);

        venue.Place(1, Side.Buy, 1, 1, instrument: 3);
        venue.Place(3, Side.Buy, 1, 1, instrument: 3);
        var index = venue.Replica.Index;
        await orders.NextAsync();
        Assert.Equal(index, orders.Last.Index);
        for (var i = 0; i < 500; i++)
        {
            traffic.Apply();
        }

        venue.Place(3, Side.Buy, 1, 1, instrument: 3);
        while (orders.Last.Index < venue.Replica.Index)
        {
            await orders.NextAsync();
            Assert.All(
                JsonDocument.Parse(orders.Last.Data).RootElement.EnumerateArray(),
                item => RequireOwn(item.GetProperty("data"), "a3"));
        }
    }

    [Fact]
    public async Task Balances_and_positions_are_told_when_they_are_different()
    {
        await using var venue = new DataVenue();
        await using var balances = await venue.OpenAsync("balances", DataVenue.User(1));
        await using var positions = await venue.OpenAsync("positions?account_id=a1", DataVenue.User(1));
        Assert.Contains("\"asset\":\"USD\"", await balances.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"quantity\":\"1000000\"", await positions.NextAsync(), StringComparison.Ordinal);

        venue.Place(2, Side.Buy, 1_000, 10_000);
        venue.Place(1, Side.Buy, 2_000, 10_000);
        Assert.EndsWith(
            """[{"account_id":"a1","asset":"USD","total":"9000000.00","available":"8999979.98","reserved":"20.02"}]""",
            await balances.NextAsync());
        venue.Place(2, Side.Buy, 40, 10, instrument: 3);
        venue.Place(1, Side.Sell, 40, 10, instrument: 3);
        var told = await positions.NextAsync();
        Assert.Contains("\"account_id\":\"a1\"", told, StringComparison.Ordinal);
        Assert.Contains("\"quantity\":\"999990\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("a2", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("fills")]
    [InlineData("balances")]
    [InlineData("positions")]
    [InlineData("feed")]
    public async Task Another_users_account_is_as_if_it_were_not_there(string channel)
    {
        await using var venue = new DataVenue();
        var refusals = new List<string?>();
        foreach (var account in new[] { "a2", "a77" })
        {
            var (_, refusal) = await venue.Channels.OpenAsync(
                $"{channel}?account_id={account}", DataVenue.User(1), TestContext.Current.CancellationToken);
            refusals.Add($"{refusal!.Code.Code} {refusal.Detail}");
        }

        Assert.Equal(refusals[0], refusals[1]);
        Assert.StartsWith("not_found", refusals[0], StringComparison.Ordinal);
        await using var auditor = await venue.OpenAsync(
            $"{channel}?account_id=a2", DataVenue.User(1) with { Roles = Roles.Auditor });
        await auditor.NextAsync();
    }

    /// <summary>Method: an account opened while the channel is read, by the same user and by another.</summary>
    [Fact]
    public async Task Accounts_to_come_are_told_of()
    {
        await using var venue = new DataVenue();
        await using var fills = await venue.OpenAsync("fills", DataVenue.User(1));
        await fills.NextAsync();

        foreach (var (user, account) in new[] { (9, 6), (1, 7) })
        {
            venue.Replica.Accept(new Matching.Commands.CreateAccount("new"), user);
            venue.Replica.Accept(new Matching.Commands.Deposit(
                new AccountId(account), new AssetId(2), new Amount(1_000_000), ""));
            venue.Replica.Accept(
                new Matching.Commands.PlaceOrder(
                    new AccountId(account), default, new InstrumentId(3), Side.Buy, OrderType.Limit, new Price(50),
                    new Quantity(1), default, false, default),
                user);
            venue.Place(2, Side.Sell, 50, 1, instrument: 3);
        }

        var told = await fills.NextAsync();
        Assert.Contains("\"maker_account_id\":\"a7\"", told, StringComparison.Ordinal);
        Assert.DoesNotContain("a2", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("balances")]
    [InlineData("feed")]
    public async Task A_credential_that_holds_no_more_ends_the_channel(string name)
    {
        await using var venue = new DataVenue();
        var caller = DataVenue.User(1);
        var now = caller;
        await using var channel = await venue.OpenAsync(
            name, new ChannelReader(caller) { JudgeAsync = _ => new ValueTask<Caller>(now) });
        await channel.NextAsync();
        venue.Place(1, Side.Buy, 1_000, 10_000);
        await channel.NextAsync();

        now = Caller.Nobody(null);
        venue.Place(1, Side.Buy, 1_000, 10_000);
        var end = await Assert.ThrowsAsync<ChannelEndedException>(() => channel.NextAsync());
        Assert.Equal(ChannelEnd.CredentialGone, end.Why);
    }

    [Fact]
    public async Task A_reader_whose_place_is_lost_is_not_told_half()
    {
        await using var venue = new DataVenue(
            new LocalReplica(maxEntries: 20), ("Feed:MaxFollowedBytes", "500"));
        await using var fills = await venue.OpenAsync("fills", DataVenue.User(1));
        await using var feed = await venue.OpenAsync("feed", DataVenue.User(1));
        await fills.NextAsync();
        await feed.NextAsync();
        var traffic = new DataTraffic(venue.Replica, seed: 33);
        for (var i = 0; i < 500; i++)
        {
            traffic.Apply();
        }

        venue.Replica.Publish();
        var end = await Assert.ThrowsAsync<ChannelEndedException>(() => fills.NextAsync());
        Assert.Equal(ChannelEnd.Overrun, end.Why);
        await feed.NextAsync();
        Assert.Equal(ChannelMessage.Overrun, feed.Last.Type);
        await feed.NextAsync();
        Assert.Equal((ChannelMessage.Snapshot, venue.Replica.Index), (feed.Last.Type, feed.Last.Index));
        Assert.Contains("rb_ws_overruns_total{channel=\"fills\"} 1", venue.Scrape());
    }

    [Fact]
    public async Task A_node_that_has_diverged_tells_nothing_more()
    {
        await using var venue = new DataVenue();
        await using var book = await venue.OpenAsync("book:BTC-USD", Caller.Nobody(null));
        await book.NextAsync();

        venue.Log.Status = venue.Log.Status with { Divergence = new Divergence(DivergenceCause.Outvoted, 1, []) };
        venue.Place(1, Side.Buy, 1_000, 10_000);
        var end = await Assert.ThrowsAsync<ChannelEndedException>(async () =>
        {
            await book.NextAsync();
            await book.NextAsync();
        });
        Assert.Equal(ChannelEnd.Diverged, end.Why);
    }

    /// <summary>Every account that is named is the reader's.</summary>
    private static void RequireOwn(JsonElement data, string account)
    {
        foreach (var field in data.EnumerateObject())
        {
            if (field.Name.EndsWith("account_id", StringComparison.Ordinal))
            {
                Assert.Equal(account, field.Value.GetString());
            }
        }
    }
}
