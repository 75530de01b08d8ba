using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using static ReplicatedBook.Matching.Tests.Testing.BettingVenue;

namespace ReplicatedBook.Matching.Tests.Betting;

/// <summary>Goal: the preview of a bet says what becomes of it, and leaves no trace. Method: drawn traffic, in which
/// every bet is previewed before it is placed.</summary>
public sealed class BetPreviewProperties
{
    private const int Commands = 8_000;

    [Theory]
    [InlineData(401)]
    [InlineData(402)]
    public void A_preview_says_what_placing_then_does(int seed)
    {
        var venue = BettingTraffic.Open();
        var traffic = new BettingTraffic(seed);
        var seen = new HashSet<(RejectReason, OrderStatus, StatusReason, bool)>();
        for (var i = 0; i < Commands; i++)
        {
            venue.Time += 300;
            while (venue.Exchange.NextDue is { } due && due.Microseconds <= venue.Time)
            {
                venue.Accept(default(Tick)); // A preview looks at the state as it is, not at what has come due.
            }

            var (command, user) = traffic.Next(venue.Exchange);
            if (command is not PlaceBet)
            {
                venue.Send(command, user);
                continue;
            }

            var bytes = venue.Bytes(command, user);
            var before = i % 50 == 0 ? venue.Hash() : "";
            var preview = venue.Exchange.PreviewBet(bytes);
            Assert.Equal(before, i % 50 == 0 ? venue.Hash() : "");
            RequireSame(preview, venue.Apply(bytes));
            seen.Add((preview.Reason, preview.Status, preview.StatusReason, preview.Fills.Any(fill => fill.IsImplied)));
        }

        Assert.True(seen.Count > 15, string.Join(' ', seen));
    }

    [Fact]
    public void Bytes_that_are_no_bet_and_bets_before_their_level_are_refused()
    {
        var venue = Venue.Trading();
        var bet = venue.Bytes(Bet(1, BetSide.Back, A, 300, One), user: 1);

        Assert.Equal(RejectReason.FeatureDisabled, venue.Exchange.PreviewBet(bet).Reason);
        Assert.Equal(RejectReason.MalformedCommand, venue.Exchange.PreviewBet(bet.AsSpan()[..^1]).Reason);
        Assert.Equal(
            RejectReason.MalformedCommand,
            venue.Exchange.PreviewBet(venue.Bytes(Venue.Order(1, Side.Buy, 5, 4), user: 1)).Reason);
    }

    private static void RequireSame(BetPreview preview, CommandOutcome outcome)
    {
        Assert.Equal(outcome.Reason, preview.Reason);
        Assert.Equal(
            (outcome.Needed, outcome.Available, outcome.FundsAsset),
            (preview.Needed, preview.Available, preview.FundsAsset));
        if (preview.Existing is { } existing)
        {
            Assert.Equal(outcome.Bet, existing);
            Assert.True(outcome.IsExistingOrder);
        }
        else if (outcome.IsAccepted)
        {
            var bet = outcome.Bet!;
            Assert.Equal(
                (bet.Status, bet.Reason, bet.Remaining, bet.Reserved),
                (preview.Status, preview.StatusReason, preview.Remaining, preview.Reserved));
            Assert.Equal(
                outcome.BetFills.GroupBy(fill => (fill.Odds, fill.IsImplied)).Select(fills => (
                    fills.Key, fills.Sum(fill => fill.Stake.Units), fills.Sum(fill => fill.Liability.Units))),
                preview.Fills.Select(fill => (
                    (fill.Odds, fill.IsImplied), fill.Stake.Units, fill.Liability.Units)));
        }
    }
}
