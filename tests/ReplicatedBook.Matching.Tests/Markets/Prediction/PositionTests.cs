using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Markets.Prediction;

/// <summary>Goal: positions say what shares cost, what came of them and what they are worth. Method: examples with
/// every number given.</summary>
public sealed class PositionTests
{
    private const long Funds = 1_000_000;
    private readonly MarketVenue _market = new();

    [Fact]
    public void Buying_adds_cost_and_selling_takes_its_part_of_it()
    {
        _market.Split(4, 100);
        _market.Sell(4, MarketVenue.Yes, 60, 50);
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(2, MarketVenue.No, 20, 5);
        _market.Buy(1, MarketVenue.Yes, 80, 5); // Of the asks, still at 60.
        Assert.Equal((15, 900), Held(1, 0));

        _market.Buy(3, MarketVenue.Yes, 59, 5);
        _market.Sell(1, MarketVenue.Yes, 50, 4); // To the bid of 59.

        Assert.Equal((11, 660), Held(1, 0));
        Assert.Equal(-4, (long)_market.Position(1, 0).Realized);
        Assert.Equal(0, (long)_market.Position(3, 0).Realized);
    }

    [Fact]
    public void Merging_pairs_bought_for_less_is_a_gain()
    {
        _market.Split(4, 100);
        _market.Sell(4, MarketVenue.Yes, 30, 10);
        _market.Buy(1, MarketVenue.Yes, 30, 10);
        _market.Sell(4, MarketVenue.No, 45, 10);
        _market.Buy(1, MarketVenue.No, 45, 10);

        _market.Merge(1, 4);

        Assert.Equal((6, 180), Held(1, 0));
        Assert.Equal((6, 270), Held(1, 1));
        Assert.Equal(100, (long)(_market.Position(1, 0).Realized + _market.Position(1, 1).Realized));
        Assert.Equal(Funds - 750 + 400, _market.Total(1, MarketVenue.Dollars));
    }

    [Fact]
    public void Being_paid_is_a_sale_at_the_payout()
    {
        _market.Buy(1, MarketVenue.Yes, 60, 10);
        _market.Buy(2, MarketVenue.No, 40, 10);
        _market.Resolve("YES");

        Assert.Equal((0, 0), Held(1, 0));
        Assert.Equal(400, (long)_market.Position(1, 0).Realized);
        Assert.Equal(-400, (long)_market.Position(2, 1).Realized);
    }

    /// <summary>Middle of both, else the bid, else the ask, else nothing; in the outcome's own terms.</summary>
    [Fact]
    public void Shares_are_valued_at_what_the_book_says()
    {
        _market.Split(1, 10);
        Assert.Equal((0, 0), Worth(1, 0));

        _market.Sell(2, MarketVenue.Yes, 71, 1); // Refused: it has none.
        _market.Sell(1, MarketVenue.Yes, 71, 1);
        Assert.Equal((142, 710), Worth(1, 0));
        Assert.Equal((58, 290), Worth(1, 1));
        _market.Buy(2, MarketVenue.Yes, 60, 1);
        Assert.Equal((131, 655), Worth(1, 0));
        Assert.Equal((69, 345), Worth(1, 1));
        Assert.Equal(655 - 500, _market.Position(1, 0).Unrealized.Units);
        Assert.Equal(1, _market.Position(1, 0).Reserved.Lots);
        _market.Venue.Cancel(1, 1);
        Assert.Equal((120, 600), Worth(1, 0));
        Assert.Equal((80, 400), Worth(1, 1));
    }

    [Fact]
    public void A_portfolio_is_cash_and_what_shares_are_worth()
    {
        _market.Split(1, 10);
        _market.Buy(2, MarketVenue.Yes, 60, 1);

        var portfolio = _market.Venue.Exchange.Portfolio(new AccountId(1))!;

        Assert.Equal([1, MarketVenue.Dollars], portfolio.Totals.Select(total => total.Asset.Value));
        Assert.Equal(
            (Funds - 1_000, 1_000, Funds),
            (portfolio.Totals[1].Cash.Units, (long)portfolio.Totals[1].Positions, (long)portfolio.Totals[1].Total));
        Assert.Equal((2, 4), (portfolio.Positions.Count, portfolio.Balances.Count));
        Assert.Null(_market.Venue.Exchange.Portfolio(new AccountId(99)));
        Assert.Null(_market.Venue.Exchange.Positions(new AccountId(99)));
    }

    /// <summary>A trade of an account with itself realizes what its shares had cost, and buys them anew.</summary>
    [Fact]
    public void Trading_with_oneself_moves_no_money()
    {
        _market.Split(1, 10);
        _market.Sell(1, MarketVenue.Yes, 70, 4);
        _market.Venue.Place(1, Side.Buy, 70, 4, stp: SelfTradePrevention.None, instrument: MarketVenue.Yes);
        Assert.Equal((10, 580), Held(1, 0));
        Assert.Equal(80, (long)_market.Position(1, 0).Realized);
        Assert.Equal((Funds - 1_000, 10, 10), _market.Has(1));

        _market.Buy(1, MarketVenue.Yes, 30, 5);
        _market.Venue.Place(1, Side.Buy, 70, 5, stp: SelfTradePrevention.None, instrument: MarketVenue.No);
        Assert.Equal((Funds - 1_500, 15, 15), _market.Has(1));
        _market.Sell(1, MarketVenue.Yes, 30, 5);
        _market.Venue.Place(1, Side.Sell, 70, 5, stp: SelfTradePrevention.None, instrument: MarketVenue.No);
        Assert.Equal((Funds - 1_000, 10, 10), _market.Has(1));
    }

    private (long Quantity, long Cost) Held(int account, int outcome)
    {
        var position = _market.Position(account, outcome);
        return (position.Quantity.Lots, position.Cost.Units);
    }

    private (long Mark, long Value) Worth(int account, int outcome)
    {
        var position = _market.Position(account, outcome);
        return (position.MarkHalfTicks, position.Value.Units);
    }
}
