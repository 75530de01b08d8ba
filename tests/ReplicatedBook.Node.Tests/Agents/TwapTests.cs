using System.Globalization;
using ReplicatedBook.Agents;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: what is submitted adds up to the total, exactly and once. Method: the orders that a node accepted,
/// with answers and requests lost on the way.</summary>
[Collection(nameof(AgentNode))]
public sealed class TwapTests(NodeFixture node)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(7);
    private static readonly TwapSettings Settings = new("buy", "limit", 100m, 10m, 10, Interval, Pause);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_total_is_submitted_in_equal_slices_and_then_again()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var twap = new Twap(venue.Desk, Settings);

        var waits = new List<TimeSpan>();
        while (!twap.IsComplete)
        {
            waits.Add(await twap.StepAsync(Cancellation));
        }

        Assert.Equal([.. Enumerable.Repeat(Interval, 9), Pause], waits);
        Assert.Equal(Enumerable.Repeat(1m, 10), await QuantitiesAsync(venue));
        Assert.Equal(AgentAction.Complete, venue.Told[^1].Action);

        Assert.Equal(Interval, await twap.StepAsync(Cancellation));
        Assert.Equal((false, 1m), (twap.IsComplete, twap.Submitted));
        Assert.Equal(11m, (await QuantitiesAsync(venue)).Sum());
    }

    [Theory]
    [InlineData("1", 3, "0.3334 0.3334 0.3332")]
    [InlineData("0.0002", 5, "0.0001 0.0001")]
    [InlineData("0.001", 4, "0.0003 0.0003 0.0003 0.0001")]
    [InlineData("3", 1, "3.0000")]
    public async Task Slices_are_rounded_up_to_the_lot_and_the_last_is_what_is_left(
        string total, int slices, string expected)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var settings = Settings with { Total = decimal.Parse(total, CultureInfo.InvariantCulture), Slices = slices };
        var twap = new Twap(venue.Desk, settings);

        while (!twap.IsComplete)
        {
            await twap.StepAsync(Cancellation);
        }

        Assert.Equal(
            expected.Split(' '),
            (await venue.AcceptedAsync()).Select(order => order.GetProperty("quantity").GetString()));
    }

    [Fact]
    public async Task A_slice_that_was_lost_is_sent_again_as_the_same_order()
    {
        await using var front = new LossyFront(node.Client.Http.BaseAddress!);
        using var venue = await AgentVenue.OpenAsync(node, front);
        var twap = new Twap(venue.Desk, Settings with { Slices = 4 });

        var losses = new Queue<LossyFront.Loss[]>(
        [
            [LossyFront.Loss.OfAnswer], [LossyFront.Loss.OfAnswer], [], [LossyFront.Loss.OfRequest], [],
            [LossyFront.Loss.OfRequest], [LossyFront.Loss.OfAnswer],
        ]);
        for (var steps = 0; !twap.IsComplete; steps++)
        {
            Assert.True(steps < 20, "it does not come to an end");
            front.Lose(losses.TryDequeue(out var next) ? next : []);
            await twap.StepAsync(Cancellation);
        }

        Assert.Empty(losses);
        Assert.Equal([2.5m, 2.5m, 2.5m, 2.5m], await QuantitiesAsync(venue));
        Assert.Equal(["2.5000", "2.5000", "2.5000", "2.5000"], (await venue.BidsAsync()).Select(bid => bid.Quantity));
        Assert.Equal(4, venue.Told.Count(told => told.Action == AgentAction.Placed));
        Assert.True(venue.Told.Count(told => told.Action == AgentAction.Waiting) >= 5);
    }

    [Fact]
    public async Task The_end_settles_the_slice_in_doubt_and_leaves_what_was_accepted()
    {
        await using var front = new LossyFront(node.Client.Http.BaseAddress!);
        using var venue = await AgentVenue.OpenAsync(node, front);
        var twap = new Twap(venue.Desk, Settings);
        front.Lose(LossyFront.Loss.OfAnswer, LossyFront.Loss.OfAnswer);
        await twap.StepAsync(Cancellation);
        Assert.Equal(0m, twap.Submitted);

        Assert.False(await twap.StopAsync(Cancellation));
        Assert.True(await twap.StopAsync(Cancellation));

        Assert.Equal(1m, twap.Submitted);
        Assert.Equal([1m], await QuantitiesAsync(venue));
        Assert.Single(await venue.BidsAsync());
    }

    [Fact]
    public async Task A_refused_slice_is_not_counted_and_tried_again_as_another_order()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var ask = await venue.OtherAsync("sell", "99.00", "5");
        var twap = new Twap(venue.Desk, Settings with { OrderType = "post_only", Slices = 1 });

        Assert.Equal(Interval, await twap.StepAsync(Cancellation));
        Assert.Equal((0m, AgentAction.Refused), (twap.Submitted, venue.Told[^1].Action));
        await venue.CancelOtherAsync(ask);
        Assert.Equal(Pause, await twap.StepAsync(Cancellation));

        Assert.True(twap.IsComplete);
        Assert.Equal("10.0000", Assert.Single(await venue.BidsAsync()).Quantity);
    }

    [Theory]
    [InlineData("market", "market", "ioc", false)]
    [InlineData("limit", "limit", "gtc", false)]
    [InlineData("ioc", "limit", "ioc", false)]
    [InlineData("fok", "limit", "fok", false)]
    [InlineData("post_only", "limit", "gtc", true)]
    public async Task Every_order_type_is_what_it_says(string type, string placed, string tif, bool isPostOnly)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        await venue.OtherAsync("buy", "50.00", "100");
        decimal? price = type == "market" ? null : 60m;
        var twap = new Twap(venue.Desk, Settings with { Side = "sell", OrderType = type, Price = price });

        await twap.StepAsync(Cancellation);

        var order = (await venue.AcceptedAsync())[^1];
        Assert.Equal(
            (placed, tif, isPostOnly, "sell"),
            (order.GetProperty("type").GetString(), order.GetProperty("time_in_force").GetString(),
                order.GetProperty("post_only").GetBoolean(), order.GetProperty("side").GetString()));
        Assert.Equal(type == "market" ? 1 : 0, venue.Told.Count(told => told.Action == AgentAction.Filled));
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_refused()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        TwapSettings[] wrong =
        [
            Settings with { Price = null }, Settings with { OrderType = "market" }, Settings with { Slices = 0 },
            Settings with { OrderType = "iceberg" }, Settings with { Side = "bid" }, Settings with { Total = 0.00001m },
            Settings with { Price = 0.001m },
        ];

        Assert.All(wrong, settings => Assert.Throws<ArgumentException>(() => new Twap(venue.Desk, settings)));
    }

    private static async Task<IEnumerable<decimal>> QuantitiesAsync(AgentVenue venue) =>
        (await venue.AcceptedAsync()).Select(
            order => decimal.Parse(order.GetProperty("quantity").GetString()!, CultureInfo.InvariantCulture));
}
