using ReplicatedBook.Agents;
using ReplicatedBook.Node.Tests.Running;

namespace ReplicatedBook.Node.Tests.Agents;

/// <summary>Goal: agents that draw do what their seed says, within their limits. Method: the same seed twice and
/// another one, on books of their own.</summary>
[Collection(nameof(AgentNode))]
public sealed class RandomAgentTests(NodeFixture node)
{
    private const int Steps = 12;

    private static readonly NoiseSettings Noise = new(100m, 0.50m, 0.3m, 4, TimeSpan.FromSeconds(5), 7);
    private static readonly InformedSettings Informed = new(100m, 0.50m, 1m, 0.3m, TimeSpan.FromSeconds(5), 7);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Noise_of_one_seed_is_the_same_and_of_another_is_not()
    {
        var first = await NoiseAsync(Noise);
        Assert.Equal(first, await NoiseAsync(Noise));
        Assert.NotEqual(first, await NoiseAsync(Noise with { Seed = 8 }));
        Assert.Equal(["buy", "sell"], first.Select(order => order.Side).Distinct().Order());
        Assert.All(first, order => Assert.InRange(order.Quantity, 0.0001m, 0.3m));
        Assert.InRange(first[0].Price, 99.50m, 100.50m);
    }

    [Fact]
    public async Task Noise_leaves_no_more_orders_than_it_may_and_none_at_its_end()
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var trader = new NoiseTrader(venue.Desk, Noise with { MaxOrders = 2 });
        for (var step = 0; step < Steps; step++)
        {
            Assert.Equal(Noise.Interval, await trader.StepAsync(Cancellation));
            Assert.InRange((await venue.BidsAsync()).Count + (await venue.AsksAsync()).Count, 0, 2);
        }

        Assert.True(await trader.StopAsync(Cancellation));
        Assert.Empty(await venue.BidsAsync());
        Assert.Empty(await venue.AsksAsync());
    }

    [Theory]
    [InlineData("sell", "97.00", "buy")]
    [InlineData("buy", "103.00", "sell")]
    [InlineData("sell", "99.80", null)]
    [InlineData("buy", "100.20", null)]
    public async Task Informed_takes_only_what_is_further_off_than_its_margin(string side, string price, string? taken)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        await venue.OtherAsync(side, price, "0.2");
        var trader = new InformedTrader(venue.Desk, Informed);

        await trader.StepAsync(Cancellation);

        Assert.Equal(
            taken, venue.Told.SingleOrDefault(told => told is { Action: AgentAction.Filled, Quantity: 0.2m })?.Side);
        Assert.Equal(taken is null ? 1 : 0, (await venue.BidsAsync()).Count + (await venue.AsksAsync()).Count);
        Assert.InRange(trader.TruePrice, 99.50m, 100.50m);
        Assert.NotEqual(100m, trader.TruePrice);
    }

    [Fact]
    public async Task The_true_price_of_one_seed_walks_the_same_way_and_never_below_a_tick()
    {
        var settings = Informed with { Mid = 0.02m, Walk = 0.02m };
        var first = await WalkAsync(settings);
        Assert.Equal(first, await WalkAsync(settings));
        Assert.NotEqual(first, await WalkAsync(settings with { Seed = 8 }));
        Assert.All(first, price => Assert.True(price >= 0.01m));
        Assert.Contains(0.01m, first);
    }

    private async Task<List<decimal>> WalkAsync(InformedSettings settings)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var trader = new InformedTrader(venue.Desk, settings);
        var walk = new List<decimal>();
        for (var step = 0; step < Steps; step++)
        {
            await trader.StepAsync(Cancellation);
            walk.Add(trader.TruePrice);
        }

        return walk;
    }

    private async Task<List<(string Side, decimal Price, decimal Quantity)>> NoiseAsync(NoiseSettings settings)
    {
        using var venue = await AgentVenue.OpenAsync(node);
        var trader = new NoiseTrader(venue.Desk, settings);
        for (var step = 0; step < Steps; step++)
        {
            await trader.StepAsync(Cancellation);
        }

        return
        [
            .. venue.Told.Where(told => told.Action is AgentAction.Placed or AgentAction.Refused)
                .Select(told => (told.Side!, told.Price!.Value, told.Quantity!.Value)),
        ];
    }
}
