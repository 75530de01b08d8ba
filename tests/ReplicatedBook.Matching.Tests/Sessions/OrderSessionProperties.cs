using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Sessions;

/// <summary>Goal: sessions of orders are what the plainest account of them says after every command, whatever came
/// before, and no money is lost. Method: drawn commands of all kinds against a naive model; a copy that is restored
/// from snapshots on the way must tell the same, byte for byte.</summary>
public sealed class OrderSessionProperties
{
    private const int Commands = 5_000;
    private const int BetweenRestores = 250;

    [Theory]
    [InlineData(701)]
    [InlineData(702)]
    [InlineData(703)]
    [InlineData(704)]
    public void Sessions_are_what_a_naive_model_says_and_a_restored_exchange_goes_on_alike(int seed)
    {
        var (venue, traffic) = (OrderSessionTraffic.Open(), new OrderSessionTraffic(seed));
        var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
        var model = new NaiveOrderSessions();
        var (reasons, changes) = (new HashSet<RejectReason>(), new HashSet<OrderSessionChange>());
        for (var i = 1; i <= Commands; i++)
        {
            venue.Time = copy.Time = venue.Time + traffic.Pause();
            var (command, user) = traffic.Next(venue.Exchange);
            venue.Events.Clear();
            copy.Events.Clear();

            var outcome = venue.Send(command, user);
            copy.Apply(venue.LastCommand);

            Assert.Equal(venue.LastResult, copy.LastResult);
            Assert.Equal(venue.Events.All, copy.Events.All);
            model.Follow(venue, command, user, outcome);
            reasons.Add(outcome.Reason);
            changes.UnionWith(venue.Events.Of<OrderSessionChanged>().Select(e => e.Change));
            if (i % BetweenRestores == 0)
            {
                copy.Exchange = Exchange.ReadSnapshot(copy.Snapshot());
                Assert.Equal(venue.Hash(), copy.Hash());
            }
        }

        Assert.True(model.Canceled > 100, $"{model.Canceled} orders were canceled");
        Assert.Equal(Enum.GetValues<OrderSessionChange>(), changes.Order());
        RejectReason[] wanted =
        [
            RejectReason.OrderSessionEnded, RejectReason.TooManyOrderSessions, RejectReason.LeaseOutOfRange,
            RejectReason.UserNotFound,
        ];
        Assert.All(wanted, reason => Assert.Contains(reason, reasons));
    }
}
