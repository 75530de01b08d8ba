using ReplicatedBook.Agents;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: a passive buyer has one bid, where it should be, and never takes. Method: its book on a node, look by
/// look.</summary>
[Collection(nameof(AgentNode))]
public sealed class PassiveBuyerTests(NodeFixture node)
{
    private static readonly PassiveBuyerSettings Settings = new(99m, 2m, TimeSpan.FromSeconds(5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_bid_moves_below_the_best_ask_and_back_to_its_target()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var buyer = new PassiveBuyer(venue.Desk, Settings);
        Assert.Equal(TimeSpan.FromSeconds(5), await buyer.StepAsync(Cancellation));
        var first = await RequireAsync(venue, "99.00");

        await venue.OtherAsync("sell", "99.50", "1");
        Assert.True(await buyer.EnsureAsync(Cancellation));
        Assert.Equal(first, await RequireAsync(venue, "99.00")); // The same order: its place in the queue is kept.

        var near = await venue.OtherAsync("sell", "98.00", "3"); // Takes the bid; what is left of it is the best ask.
        Assert.True(await buyer.EnsureAsync(Cancellation));
        await RequireAsync(venue, "97.99");

        await venue.CancelOtherAsync(near);
        Assert.True(await buyer.EnsureAsync(Cancellation));
        await RequireAsync(venue, "99.00");
        Assert.All(
            await AcceptedAsync(venue), order => Assert.True(order.GetProperty("post_only").GetBoolean()));
    }

    [Fact]
    public async Task A_bid_that_was_taken_is_followed_by_another()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var buyer = new PassiveBuyer(venue.Desk, Settings);
        Assert.True(await buyer.EnsureAsync(Cancellation));

        await venue.OtherAsync("sell", "99.00", "0.5", ""","time_in_force":"ioc" """);
        Assert.True(await buyer.EnsureAsync(Cancellation));
        Assert.Equal("1.5000", Assert.Single(await venue.BidsAsync()).Quantity); // In part: it stays as it is.
        await venue.OtherAsync("sell", "98.00", "1.5", ""","time_in_force":"ioc" """);
        Assert.Empty(await venue.BidsAsync());
        Assert.True(await buyer.EnsureAsync(Cancellation));

        await RequireAsync(venue, "99.00");
        Assert.Equal(
            [0.5m, 1.5m],
            venue.Told.Where(told => told.Action == AgentAction.Filled).Select(told => told.Quantity!.Value));
    }

    [Fact]
    public async Task There_is_no_bid_where_there_is_no_price_for_one()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var buyer = new PassiveBuyer(venue.Desk, Settings with { Target = 0.01m });
        Assert.True(await buyer.EnsureAsync(Cancellation));
        await RequireAsync(venue, "0.01");

        buyer.UpdateTarget(0.009m);
        Assert.True(await buyer.EnsureAsync(Cancellation));
        Assert.Empty(await venue.BidsAsync());
        Assert.Equal(AgentAction.Idle, venue.Told[^1].Action);

        await venue.OtherAsync("sell", "0.01", "1");
        buyer.UpdateTarget(5m);
        Assert.True(await buyer.EnsureAsync(Cancellation));
        Assert.Empty(await venue.BidsAsync());
        Assert.DoesNotContain(venue.Told, told => told.Action == AgentAction.Filled);
    }

    [Fact]
    public async Task Another_target_moves_the_bid_and_the_end_takes_it_away()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var buyer = new PassiveBuyer(venue.Desk, Settings);
        Assert.True(await buyer.EnsureAsync(Cancellation));

        buyer.UpdateTarget(97.555m);
        Assert.True(await buyer.EnsureAsync(Cancellation));
        await RequireAsync(venue, "97.55");

        Assert.True(await buyer.StopAsync(Cancellation));
        Assert.Empty(await venue.BidsAsync());
        Assert.True(await buyer.StopAsync(Cancellation));
    }

    [Fact]
    public async Task A_bid_whose_answer_was_lost_is_not_doubled()
    {
        await using var front = new LossyFront(node.Client.Http.BaseAddress!);
        using var venue = await AgentVenue.OpenAsync(node, front);
        var buyer = new PassiveBuyer(venue.Desk, Settings);

        front.Lose(LossyFront.Loss.OfAnswer, LossyFront.Loss.OfRequest);
        Assert.False(await buyer.EnsureAsync(Cancellation));
        Assert.False(await buyer.EnsureAsync(Cancellation));
        Assert.True(await buyer.EnsureAsync(Cancellation));

        await RequireAsync(venue, "99.00");
        Assert.Single(await venue.AcceptedAsync());
    }

    /// <summary>There must be one order to buy, of all of the quantity; its id.</summary>
    private static async Task<string> RequireAsync(AgentVenue venue, string price)
    {
        var bid = Assert.Single(await venue.BidsAsync());
        Assert.Equal((price, "2.0000"), (bid.Price, bid.Quantity));
        return bid.Order;
    }

    private static async Task<IEnumerable<System.Text.Json.JsonElement>> AcceptedAsync(AgentVenue venue) =>
        (await venue.AcceptedAsync()).Where(
            order => order.GetProperty("account_id").GetString() == venue.Account);
}
