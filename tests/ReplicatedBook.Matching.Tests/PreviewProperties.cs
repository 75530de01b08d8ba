using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: a preview says what placing the order does, and does nothing itself. Method: random sessions in which
/// every order is previewed, then placed.</summary>
public sealed class PreviewProperties
{
    [Fact]
    public void Preview_says_what_placing_then_does_and_changes_nothing() =>
        Prop.ForAll(Any.Session, session => RunPreviewed(session)).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool RunPreviewed(Session session)
    {
        var (venue, orders) = (SessionVenue.Open(session), 0);
        foreach (var step in session.Steps)
        {
            venue.Events.Clear();
            venue.Time += step.Seconds * 1_000_000L;
            venue.Accept(default(Tick)); // What is due by now is done before a preview.
            var (command, user) = SessionVenue.CommandOf(step, venue, session.Scale, orders);
            if (command is PlaceOrder)
            {
                var before = venue.Snapshot();
                var preview = venue.Exchange.Preview(venue.Bytes(command, user));
                Assert.Equal(before, venue.Snapshot());
                RequireEqual(preview, venue.Send(command, user));
            }
            else
            {
                venue.Send(command, user);
            }

            orders += venue.Events.Of<Events.OrderAccepted>().Count();
        }

        return true;
    }

    private static void RequireEqual(OrderPreview preview, CommandOutcome outcome)
    {
        Assert.Equal(outcome.Reason, preview.Reason);
        Assert.Equal(
            (outcome.Needed, outcome.Available, outcome.FundsAsset),
            (preview.Needed, preview.Available, preview.FundsAsset));
        Assert.Equal(
            outcome.Fills.GroupBy(fill => fill.Price.Ticks)
                .Select(g => (g.Key, g.Sum(fill => fill.Quantity.Lots), g.Sum(fill => fill.Fee.Units))),
            preview.Fills.Select(fill => (fill.Price.Ticks, fill.Quantity.Lots, fill.Fee.Units)));
        if (outcome.Order is { } order)
        {
            Assert.Equal(
                (order.Status, order.Reason, order.Remaining, order.Reserved),
                (preview.Status, preview.StatusReason, preview.Remaining, preview.Reserved));
        }
    }
}
