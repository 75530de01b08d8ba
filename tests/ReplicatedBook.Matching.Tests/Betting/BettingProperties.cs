using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: the invariants of MATCHING.md 8 hold after every command, and a state that was restored on the way
/// goes on alike. Method: random commands to several markets, spot orders among them; the venue checks after
/// each.</summary>
public sealed class BettingProperties
{
    private const int Steps = 4_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void All_invariants_hold_after_every_command_and_a_restored_state_goes_on_alike(int seed)
    {
        var limits = new ExchangeLimits { MaxClosedOrders = 400, MaxTrades = 700 };
        var venue = BettingTraffic.Open(limits);
        var traffic = new BettingTraffic(seed);
        Venue? restored = null;
        for (var step = 0; step < Steps; step++)
        {
            var pause = step % 7 * 40L;
            venue.Time += pause;
            var (command, user) = traffic.Next(venue.Exchange);
            var events = venue.Events.All.Count;
            venue.Send(command, user, step % 11 == 0 ? $"k{step}" : "");
            if (step % 500 == 250)
            {
                restored = new Venue { Time = venue.Time, Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
                Assert.Equal(venue.Hash(), restored.Hash());
            }
            else if (restored is not null)
            {
                restored.Events.Clear();
                restored.Time = venue.Time;
                restored.Apply(venue.LastCommand);
                Assert.Equal(venue.LastResult, restored.LastResult);
                Assert.Equal(venue.Events.All[events..], restored.Events.All);
            }
        }

        Assert.Equal(venue.Hash(), restored!.Hash());
        RequireVariety(venue);
        RequireEveryOutcomePaysThePots(venue);
    }

    /// <summary>Whoever wins, what is paid and the commission are what was in the pots, and nothing stays behind but
    /// the dust of a dead heat.</summary>
    private static void RequireEveryOutcomePaysThePots(Venue venue)
    {
        var image = venue.Snapshot();
        foreach (var market in venue.Exchange.BettingMarkets.Where(m => m.State < BettingMarketState.Settled))
        {
            foreach (var winner in market.Runners.Where(runner => !runner.IsRemoved))
            {
                var fork = new Venue { Time = venue.Time, Exchange = Exchange.ReadSnapshot(image) };
                fork.SetState(BettingMarketState.Closed, market: market.Id.Value);
                Drain(fork);
                fork.Events.Clear();
                Assert.Equal(RejectReason.None, fork.Settle(winner.Id.Value, 3, market.Id.Value).Reason);
                Drain(fork);
                Assert.Equal(
                    market.Pot.Units,
                    fork.Events.Of<BettingPaid>().Sum(paid => paid.Paid.Units + paid.Commission.Units));
                Assert.Equal((0L, 0L), (
                    fork.BettingMarket(market.Id.Value).Pot.Units, fork.BettingMarket(market.Id.Value).Dust.Units));
            }
        }
    }

    private static void Drain(Venue venue)
    {
        while (venue.Exchange.NextDue is { } due && due.Microseconds <= venue.Time)
        {
            venue.Accept(default(Tick));
        }
    }

    /// <summary>A run that never came to it would show nothing.</summary>
    private static void RequireVariety(Venue venue)
    {
        var kinds = venue.Events.All.Select(e => e.GetType()).ToHashSet();
        Type[] wanted =
        [
            typeof(BettingMarketChanged), typeof(BetAccepted), typeof(BetRejected), typeof(BetReleased),
            typeof(BetMatched), typeof(BetReduced), typeof(BetCanceled), typeof(BetTradeVoided),
            typeof(BettingPaid), typeof(BettingBatchDone), typeof(Trade),
        ];
        Assert.All(wanted, kind => Assert.Contains(kind, kinds));
        Assert.Contains(venue.Events.Of<BetMatched>(), e => e.MakerRunner != e.TakerRunner);
        Assert.Contains(venue.Events.Of<BettingBatchDone>(), e => !e.IsLast);
    }
}
