using ReplicatedBook.Agents;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: a market maker has one bid and one ask where it should, whatever happens to them. Method: its book on
/// a node, refresh by refresh.</summary>
[Collection(nameof(AgentNode))]
public sealed class MarketMakerTests(NodeFixture node)
{
    private static readonly MarketMakerSettings Settings = new(100m, 0.10m, 2m, TimeSpan.FromSeconds(5));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_book_has_exactly_two_orders_at_the_spread_from_the_middle_after_each_refresh()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var maker = new MarketMaker(venue.Desk, Settings);

        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(TimeSpan.FromSeconds(5), await maker.StepAsync(Cancellation));
            await RequireAsync(venue, "99.90", "100.10");
        }

        Assert.All(await venue.AcceptedAsync(), order => Assert.True(order.GetProperty("post_only").GetBoolean()));
    }

    [Theory]
    [InlineData("sell", "99.50", "99.49", "100.10")]
    [InlineData("buy", "100.50", "99.90", "100.51")]
    [InlineData("sell", "105.00", "99.90", "100.10")]
    public async Task Quotes_stay_a_tick_away_from_what_others_offer(string side, string price, string bid, string ask)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var order = await venue.OtherAsync(side, price, "1");

        Assert.True(await new MarketMaker(venue.Desk, Settings).RefreshAsync(Cancellation));

        await venue.CancelOtherAsync(order);
        await RequireAsync(venue, bid, ask);
    }

    [Fact]
    public async Task A_quote_that_was_filled_counts_as_gone_and_is_told()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var maker = new MarketMaker(venue.Desk, Settings);
        Assert.True(await maker.RefreshAsync(Cancellation));
        await venue.OtherAsync("buy", "100.10", "2");
        await venue.OtherAsync("sell", "99.90", "0.5");

        Assert.True(await maker.RefreshAsync(Cancellation));

        await RequireAsync(venue, "99.90", "100.10");
        Assert.Equal(
            [("buy", 0.5m), ("sell", 2m)],
            venue.Told.Where(told => told.Action == AgentAction.Filled)
                .Select(told => (told.Side!, told.Quantity!.Value)));
    }

    [Fact]
    public async Task Another_middle_moves_both_quotes_and_the_end_takes_them_away()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var maker = new MarketMaker(venue.Desk, Settings);
        Assert.True(await maker.RefreshAsync(Cancellation));

        maker.SetMid(100.005m); // Between two ticks: quotes lie further out.
        Assert.True(await maker.RefreshAsync(Cancellation));
        await RequireAsync(venue, "99.90", "100.11");

        Assert.True(await maker.StopAsync(Cancellation));
        Assert.Empty(await venue.BidsAsync());
        Assert.Empty(await venue.AsksAsync());
    }

    [Fact]
    public async Task Where_no_bid_is_above_nothing_there_is_an_ask_alone()
    {
        using var venue = await AgentVenue.OpenAsync(node);

        Assert.True(await new MarketMaker(venue.Desk, Settings with { Mid = 0.10m }).RefreshAsync(Cancellation));

        Assert.Empty(await venue.BidsAsync());
        Assert.Equal(("0.20", "2.0000"), (await venue.AsksAsync()).Select(ask => (ask.Price, ask.Quantity)).Single());
        Assert.DoesNotContain(venue.Told, told => told.Action == AgentAction.Refused); // No bid was even sent.
    }

    [Fact]
    public async Task Quotes_whose_answers_were_lost_are_never_doubled()
    {
        await using var front = new LossyFront(node.Client.Http.BaseAddress!);
        using var venue = await AgentVenue.OpenAsync(node, front);
        var maker = new MarketMaker(venue.Desk, Settings);

        front.Lose(LossyFront.Loss.OfAnswer, LossyFront.Loss.OfRequest);
        Assert.NotEqual(Settings.Interval, await maker.StepAsync(Cancellation));
        Assert.Equal((1, 0), ((await venue.BidsAsync()).Count, (await venue.AsksAsync()).Count));
        front.Lose(LossyFront.Loss.OfAnswer);
        Assert.False(await maker.RefreshAsync(Cancellation));
        Assert.Equal((1, 0), ((await venue.BidsAsync()).Count, (await venue.AsksAsync()).Count));

        Assert.True(await maker.RefreshAsync(Cancellation));
        await RequireAsync(venue, "99.90", "100.10");
        Assert.Contains(venue.Told, told => told.Action == AgentAction.Waiting);
    }

    [Fact]
    public async Task Settings_that_do_not_fit_the_market_are_refused()
    {
        using var venue = await AgentVenue.OpenAsync(node);

        Assert.Throws<ArgumentException>(() => new MarketMaker(venue.Desk, Settings with { Quantity = 0.00005m }));
        Assert.Throws<ArgumentException>(() => new MarketMaker(venue.Desk, Settings with { Spread = 0 }));
        Assert.Throws<ArgumentException>(() => new MarketMaker(venue.Desk, Settings).SetMid(0));
    }

    private static async Task RequireAsync(AgentVenue venue, string bid, string ask)
    {
        var (buying, selling) =
            (Assert.Single(await venue.BidsAsync()), Assert.Single(await venue.AsksAsync()));
        Assert.Equal((bid, "2.0000"), (buying.Price, buying.Quantity));
        Assert.Equal((ask, "2.0000"), (selling.Price, selling.Quantity));
    }
}
