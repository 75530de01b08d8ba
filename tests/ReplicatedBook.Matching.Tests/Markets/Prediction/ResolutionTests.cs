using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: an end pays everybody exactly what is due, once, and leaves nothing but named dust (MATCHING.md 7,
/// R5). Method: examples; the laws are checked after every command.</summary>
public sealed class ResolutionTests
{
    private const long Funds = 1_000_000;
    private readonly MarketVenue _market = new();

    [Fact]
    [Trait("MatchingScenario", "123 resolve_pays_exactly")]
    public void The_winner_is_paid_in_full_and_orders_are_cancelled_first()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(2, MarketVenue.No, 40, 4);
        _market.Split(3, 5);
        _market.Sell(3, MarketVenue.Yes, 90, 5);
        _market.Venue.Events.Clear();

        var view = _market.Resolve("YES").PredictionMarket!;

        Assert.Equal((Funds - 240 + 400, 0, 0), _market.Has(1));
        Assert.Equal((Funds - 160, 0, 0), _market.Has(2));
        Assert.Equal((Funds, 0, 0), _market.Has(3));
        Assert.Equal(
            (PredictionMarketStatus.Resolved, 0, 0, 2, 3, false),
            (view.Status, view.Pool.Units, view.Dust.Units, view.OrdersCanceled, view.AccountsPaid,
                view.IsUnfinished));
        Assert.Equal([1, 0], view.Outcomes.Select(outcome => outcome.Payout));
        Assert.Equal(
            [(2, 0), (1, 400), (3, 500)],
            _market.Venue.Events.Of<PositionSettled>().Select(e => (e.Account.Value, e.Paid.Units)));
        Assert.Equal(2, _market.Venue.Events.Of<OrderCanceled>().Count());
        Assert.Equal(0, _market.Venue.Events.Of<PredictionMarketSettled>().Single().Dust.Units);
    }

    [Fact]
    public void It_is_resolved_only_once()
    {
        Assert.Equal(RejectReason.None, _market.Resolve("NO").Reason);
        Assert.Equal(RejectReason.AlreadyResolved, _market.Resolve("NO").Reason);
        Assert.Equal(RejectReason.AlreadyResolved, _market.Resolve("YES").Reason);
        Assert.Equal(
            RejectReason.AlreadyResolved, _market.Venue.Send(new VoidPredictionMarket(MarketVenue.Market, 0)).Reason);
        Assert.Equal(
            RejectReason.AlreadyResolved,
            _market.Venue.Send(new DeletePredictionMarket(MarketVenue.Market, 0)).Reason);
    }

    [Fact]
    [Trait("MatchingScenario", "124 invalid_resolve_50_50_odd_units")]
    public void Payouts_that_do_not_go_up_leave_nothing_but_named_dust()
    {
        var market = _market.Create(MarketVenue.Binary("odd") with
        {
            TickSize = new DecimalSize(2, 1),
            ShareScale = 1, // A set of one lot is ten units, five ticks of two.
        });
        Assert.Equal(5, market.PayoutTicks);
        var venue = _market.Venue;
        venue.Accept(Testing.Venue.Order(1, Side.Buy, 3, 7, instrument: 4), 1);
        venue.Accept(Testing.Venue.Order(2, Side.Buy, 2, 7, instrument: 5), 2);

        var view = venue.Accept(new ResolvePredictionMarket(market.Id, "", [333, 666], 0)).PredictionMarket!;

        // 70 units: a third of them is 23, two thirds are 46.
        Assert.Equal(Funds - 42 + 23, _market.Total(1, MarketVenue.Dollars));
        Assert.Equal(Funds - 28 + 46, _market.Total(2, MarketVenue.Dollars));
        Assert.Equal((1, 0, 999), (view.Dust.Units, view.Pool.Units, view.PayoutDenominator));
        Assert.Equal(1, venue.Exchange.Conservation()[MarketVenue.Dollars - 1].Dust.Units);
    }

    /// <summary>What is locked for the smallest quantity is a power of ten of units, ten at least, because a tick is
    /// one at least and there are two: so a half is always whole, down to one lot of the finest shares.</summary>
    [Theory]
    [Trait("MatchingScenario", "124 invalid_resolve_50_50_odd_units")]
    [InlineData(0, 2, 7)]
    [InlineData(1, 1, 7)]
    [InlineData(1, 1, 1)]
    public void Fifty_fifty_leaves_no_dust_over_any_number_of_lots(int shareScale, int tickScale, long lots)
    {
        var market = _market.Create(MarketVenue.Binary("half") with
        {
            TickSize = new DecimalSize(1, tickScale),
            ShareScale = shareScale,
        });
        var half = shareScale == 0 ? 50 : 5;
        var venue = _market.Venue;
        venue.Accept(Testing.Venue.Order(1, Side.Buy, market.PayoutTicks - 3, lots, instrument: 4), 1);
        venue.Accept(Testing.Venue.Order(2, Side.Buy, 3, lots, instrument: 5), 2);

        var view = venue.Accept(new ResolvePredictionMarket(market.Id, "", [1, 1], 0)).PredictionMarket!;

        Assert.Equal(Funds - (((2 * half) - 3) * lots) + (half * lots), _market.Total(1, MarketVenue.Dollars));
        Assert.Equal(Funds - (3 * lots) + (half * lots), _market.Total(2, MarketVenue.Dollars));
        Assert.Equal(0, view.Dust.Units);
    }

    /// <summary>Who holds several outcomes is rounded down once, not for each.</summary>
    [Fact]
    public void A_complete_set_is_paid_in_full_whatever_the_payouts()
    {
        var venue = _market.Venue;
        var market = _market.Create(MarketVenue.Categorical("cup", 7));
        venue.Accept(new SplitSet(default, market.Id, new Quantity(11)), 1);
        var view = venue.Accept(
            new ResolvePredictionMarket(market.Id, "", [1, 1, 1, 1, 1, 1, 1], 0)).PredictionMarket!;

        Assert.Equal((Funds, 0), (_market.Total(1, MarketVenue.Dollars), view.Dust.Units));
        Assert.Equal(
            0, venue.Exchange.Positions(new AccountId(1))!.Aggregate((Int128)0, (sum, p) => sum + p.Realized));
    }

    [Theory]
    [InlineData("MAYBE", new long[0], RejectReason.OutcomeNotFound)]
    [InlineData("yes", new long[0], RejectReason.OutcomeNotFound)]
    [InlineData("YES", new long[] { 1, 0 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[0], RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 1 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 1, 1, 1 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 0, 0 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 2, -1 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { long.MaxValue, long.MaxValue }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 1_000_000_000_000, 1 }, RejectReason.PayoutsInvalid)]
    [InlineData("", new long[] { 999_999_999_999, 1 }, RejectReason.None)]
    public void Payouts_are_of_the_markets_outcomes(string winner, long[] payouts, RejectReason reason)
    {
        _market.Split(1, 3);
        Assert.Equal(
            reason, _market.Venue.Send(new ResolvePredictionMarket(MarketVenue.Market, winner, payouts, 0)).Reason);
        Assert.Equal(
            reason == RejectReason.None ? PredictionMarketStatus.Resolved : PredictionMarketStatus.Active,
            _market.View.Status);
    }

    [Fact]
    public void A_pending_market_is_not_resolved_a_closed_one_is()
    {
        var venue = _market.Venue;
        var pending = _market.Create(MarketVenue.Binary("later") with { IsPending = true }).Id;
        Assert.Equal(
            RejectReason.MarketStateConflict, venue.Send(new ResolvePredictionMarket(pending, "YES", [], 0)).Reason);
        Assert.Equal(
            RejectReason.PredictionMarketNotFound,
            venue.Send(new ResolvePredictionMarket(new PredictionMarketId(99), "YES", [], 0)).Reason);
        _market.Split(1, 3);
        _market.Set(PredictionMarketStatus.Closed);
        Assert.Equal((Funds - 300, 3, 3), _market.Has(1));
        _market.Resolve("YES");
        Assert.Equal((Funds, 0, 0), _market.Has(1));
    }

    [Fact]
    [Trait("MatchingScenario", "126 void")]
    public void Voiding_repays_what_was_minted_at_its_cost()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(2, MarketVenue.No, 40, 4);
        _market.Split(3, 5);

        var view = _market.Venue.Accept(new VoidPredictionMarket(MarketVenue.Market, 0)).PredictionMarket!;

        Assert.All([1, 2, 3], account => Assert.Equal((Funds, 0, 0), _market.Has(account)));
        Assert.Equal(
            (PredictionMarketStatus.Voided, 0, 0, 3, 1),
            (view.Status, view.Pool.Units, view.Dust.Units, view.AccountsPaid, view.OrdersCanceled));
    }

    /// <summary>Shares that were passed on cost more, or less, than what is locked for them: then what is locked is
    /// shared out in proportion to cost.</summary>
    [Fact]
    public void Voiding_shares_out_by_cost_where_shares_were_passed_on()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(2, MarketVenue.No, 40, 10); // 1,000 locked: 600 and 400.
        _market.Sell(1, MarketVenue.Yes, 80, 10);
        _market.Buy(3, MarketVenue.Yes, 80, 10); // The shares of yes have cost 800 now.

        var view = _market.Venue.Accept(new VoidPredictionMarket(MarketVenue.Market, 0)).PredictionMarket!;

        Assert.Equal((Funds + 200, 0, 0), _market.Has(1)); // What it gained is its own.
        Assert.Equal((Funds - 400 + 333, 0, 0), _market.Has(2)); // 1,000 * 400 / 1,200.
        Assert.Equal((Funds - 800 + 666, 0, 0), _market.Has(3)); // 1,000 * 800 / 1,200.
        Assert.Equal(1, view.Dust.Units);
    }

    [Fact]
    public void Deleting_before_the_first_trade_gives_everything_back()
    {
        _market.Split(1, 10);
        _market.Sell(1, MarketVenue.Yes, 60, 4);
        _market.Buy(2, MarketVenue.Yes, 50, 4);
        _market.Venue.Place(Testing.Venue.Order(
            2, Side.Buy, 60, 3, type: OrderType.StopLimit, instrument: MarketVenue.No) with
        {
            StopPrice = new Price(50),
        });

        var view = _market.Venue.Accept(new DeletePredictionMarket(MarketVenue.Market, 0)).PredictionMarket!;

        Assert.Equal((PredictionMarketStatus.Deleted, 3), (view.Status, view.OrdersCanceled));
        Assert.Equal((Funds, 0), _market.Venue.Balance(1, MarketVenue.Dollars));
        Assert.Equal((Funds, 0), _market.Venue.Balance(2, MarketVenue.Dollars));
        Assert.Empty(_market.Venue.Exchange.PredictionMarkets);
        Assert.Null(_market.Venue.Exchange.FindPredictionMarket("rain"));
        Assert.Equal(RejectReason.PredictionMarketNotFound, _market.Split(1, 1).Reason);
        Assert.Equal(RejectReason.MarketNotOpen, _market.Buy(1, MarketVenue.Yes, 50, 1).Reason);
        Assert.Equal(RejectReason.EventExists, _market.Venue.Send(MarketVenue.Binary("rain")).Reason);
    }

    [Fact]
    public void After_a_trade_a_market_is_not_deleted()
    {
        _market.Buy(1, MarketVenue.No, 60, 1);
        _market.Buy(2, MarketVenue.Yes, 40, 1);
        Assert.Equal(
            RejectReason.MarketHasTrades,
            _market.Venue.Send(new DeletePredictionMarket(MarketVenue.Market, 0)).Reason);
        Assert.Equal(PredictionMarketStatus.Active, _market.View.Status);
    }
}
