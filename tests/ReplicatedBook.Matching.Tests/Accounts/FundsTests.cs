using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Accounts;

/// <summary>Rules of reservations, fees and postings.</summary>
public sealed class FundsTests
{
    [Fact]
    [Trait("MatchingScenario", "94 buy_reserves_limit_times_qty_and_max_fee")]
    [Trait("MatchingScenario", "95 sell_reserves_base")]
    public void Buy_reserves_its_limit_and_the_higher_fee_and_sell_reserves_base()
    {
        var venue = Venue.Trading(makerFee: 10, takerFee: 25);
        Assert.Equal(10_025, venue.Place(1, Side.Buy, 1_000, 10).Order!.Reserved.Units);
        Assert.Equal(7, venue.Place(2, Side.Sell, 1_001, 7).Order!.Reserved.Units);
        Assert.Equal(10_025, venue.Balance(1, Venue.Quote).Reserved);
        Assert.Equal(7, venue.Balance(2, Venue.Base).Reserved);
    }

    [Fact]
    [Trait("MatchingScenario", "96 insufficient_by_one_unit_rejected_exact_passes")]
    public void One_unit_too_little_is_refused_and_the_exact_amount_passes()
    {
        var venue = Venue.Trading(accounts: 1, funds: 0, takerFee: 25);
        venue.Deposit(1, Venue.Quote, 10_024);
        var outcome = venue.Place(1, Side.Buy, 1_000, 10);
        Assert.Equal(RejectReason.InsufficientFunds, outcome.Reason);
        Assert.Equal((10_025L, 10_024L), (outcome.Needed.Units, outcome.Available.Units));

        venue.Deposit(1, Venue.Quote, 1);

        Assert.True(venue.Place(1, Side.Buy, 1_000, 10).IsAccepted);
        Assert.Equal((0L, 10_025L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    [Trait("MatchingScenario", "96 insufficient_by_one_unit_rejected_exact_passes")]
    public void Sell_of_one_unit_more_than_held_is_refused_and_the_exact_amount_passes()
    {
        var venue = Venue.Trading(accounts: 1, funds: 7);
        var outcome = venue.Place(1, Side.Sell, 100, 8);
        Assert.Equal(RejectReason.InsufficientFunds, outcome.Reason);
        Assert.Equal(
            (8L, 7L, Venue.Base), (outcome.Needed.Units, outcome.Available.Units, outcome.FundsAsset.Value));
        Assert.Equal(RejectReason.InsufficientFunds, venue.Market(1, Side.Sell, 8).Reason);

        Assert.True(venue.Place(1, Side.Sell, 100, 7).IsAccepted);
        Assert.Equal((0L, 7L), venue.Balance(1, Venue.Base));
    }

    [Fact]
    [Trait("MatchingScenario", "97 better_price_releases_difference_per_fill")]
    public void Better_price_and_lower_fee_are_released_with_each_fill()
    {
        var venue = Venue.Trading(funds: 100_000, makerFee: 0, takerFee: 100);
        venue.Place(1, Side.Sell, 900, 10);
        var order = venue.Place(2, Side.Buy, 1_000, 20).Order!;

        // Paid 9,000 + 90; the rest could become maker or taker at 1,000: 10,000 + 100.
        Assert.Equal((80_810L, 10_100L), venue.Balance(2, Venue.Quote));
        venue.Place(1, Side.Sell, 1_000, 5); // As a maker it pays no fee.
        Assert.Equal((80_860L, 5_050L), venue.Balance(2, Venue.Quote));
        venue.Cancel(2, order);
        Assert.Equal((85_910L, 0L), venue.Balance(2, Venue.Quote));
    }

    [Fact]
    public void Maker_pays_the_fee_it_was_accepted_with_to_a_taker_that_pays_none()
    {
        var venue = Venue.Trading(funds: 100_000, makerFee: 10, takerFee: 25);
        venue.Place(1, Side.Buy, 1_000, 10);
        venue.Accept(new UpdateInstrument(new InstrumentId(Venue.Symbol), 0, 0, 0));

        venue.Place(2, Side.Sell, 1_000, 4);

        // Paid 4,000 + 4; in all it could come to 10,000 + 4 + 15.
        Assert.Equal((89_981L, 6_015L), venue.Balance(1, Venue.Quote));
        Assert.Equal(104_000L, venue.Balance(2, Venue.Quote).Available);
        venue.Place(2, Side.Sell, 1_000, 6);
        Assert.Equal((89_990L, 0L), venue.Balance(1, Venue.Quote));
    }

    [Fact]
    [Trait("MatchingScenario", "98 partial_fills_sum_exactly")]
    [Trait("MatchingScenario", "100 fee_rounding_sum_of_partials_vs_whole_documented")]
    public void Fees_of_partial_fills_add_up_to_the_fee_of_the_whole()
    {
        var venue = Venue.Trading(makerFee: 3, takerFee: 7);
        for (var i = 0; i < 100; i++)
        {
            venue.Place(1, Side.Sell, 33, 1);
        }

        var fills = venue.Place(2, Side.Buy, 33, 100).Fills;

        // 3,300 at 7 bps is 2.31: rounded up once, not a hundred times.
        Assert.Equal(3, fills.Sum(f => f.Fee.Units));
        Assert.Equal(1_000_000_000 - 3_303, venue.Balance(2, Venue.Quote).Available);

        // Each of the seller's hundred orders is rounded for itself: 0.0099 of fee is one unit.
        Assert.Equal(1_000_000_000 + 3_300 - 100, venue.Balance(1, Venue.Quote).Available);
    }

    [Fact]
    [Trait("MatchingScenario", "98 partial_fills_sum_exactly")]
    [Trait("MatchingScenario", "100 fee_rounding_sum_of_partials_vs_whole_documented")]
    public void Value_finer_than_a_unit_is_settled_over_the_whole_order_and_slicing_gains_nothing()
    {
        // BTC-USD of the API's example: tick 0.01, lot 0.0001, cents: 10,000 values make one cent.
        var venue = Venue.Trading(
            accounts: 2, funds: 1_000_000, baseScale: 4, quoteScale: 2, tick: new DecimalSize(1, 2),
            lot: new DecimalSize(1, 4));
        venue.Place(1, Side.Sell, 5_000, 3); // 0.0003 BTC at 50.00: 1.5 cents.
        venue.Place(2, Side.Buy, 5_000, 1);
        venue.Place(2, Side.Buy, 5_000, 1);
        venue.Place(2, Side.Buy, 5_000, 1);

        Assert.Equal(1_000_001, venue.Balance(1, Venue.Quote).Available); // One order: 1.5 rounded down.
        Assert.Equal(999_997, venue.Balance(2, Venue.Quote).Available); // Three orders: 0.5 rounded up each.
        Assert.Equal(2, venue.Exchange.Conservation()[1].Fees.Units);
    }

    [Fact]
    [Trait("MatchingScenario", "101 maker_rebate")]
    public void Maker_rebate_is_paid_out_of_the_takers_fee()
    {
        var venue = Venue.Trading(funds: 1_000_000, makerFee: -5, takerFee: 10);
        venue.Place(1, Side.Sell, 10_000, 10);
        var trade = venue.Place(2, Side.Buy, 10_000, 10);

        Assert.Equal(100, trade.Fills[0].Fee.Units);
        Assert.Equal(-50, venue.Events.Of<Trade>().Single().MakerFee.Units);
        Assert.Equal(1_100_050, venue.Balance(1, Venue.Quote).Available);
        Assert.Equal(50, venue.Exchange.Conservation()[1].Fees.Units);
    }

    [Fact]
    public void Changed_fees_hold_for_later_orders_and_an_old_rebate_is_cut_to_what_the_taker_pays()
    {
        var venue = Venue.Trading(funds: 1_000_000, makerFee: -50, takerFee: 50);
        venue.Place(1, Side.Sell, 10_000, 10);
        venue.Accept(new UpdateInstrument(new InstrumentId(1), 0, 10, 0));

        venue.Place(2, Side.Buy, 10_000, 10);

        var trade = venue.Events.Of<Trade>().Single();
        Assert.Equal((-100L, 100L), (trade.MakerFee.Units, trade.TakerFee.Units));
        Assert.Equal(0, venue.Exchange.Conservation()[1].Fees.Units);
    }

    [Theory]
    [InlineData(Side.Buy)]
    [InlineData(Side.Sell)]
    [Trait("MatchingScenario", "99 cancel_releases_exactly")]
    [Trait("MatchingScenario", "102 no_fee_on_cancel")]
    public void Canceled_order_costs_no_fee_and_gives_all_back(Side side)
    {
        var venue = Venue.Trading(funds: 100_000, makerFee: 50, takerFee: 70);
        var other = venue.Place(1, side, 777, 3).Order!;
        var order = venue.Place(1, side, 999, 7).Order!;

        venue.Cancel(1, order);
        Assert.Equal((100_000 - other.Reserved.Units, other.Reserved.Units), venue.Funds(1, side));
        venue.Cancel(1, other);

        Assert.Equal((100_000L, 0L), venue.Funds(1, side));
        Assert.All(venue.Exchange.Conservation(), asset => Assert.Equal(0, asset.Fees.Units));
    }

    [Fact]
    [Trait("MatchingScenario", "105 withdraw_cannot_touch_reserved")]
    public void Withdrawal_takes_what_is_available_and_nothing_reserved()
    {
        var venue = Venue.Trading(funds: 1_000);
        venue.Place(1, Side.Buy, 100, 6);
        var tooMuch = new Withdraw(new AccountId(1), new AssetId(Venue.Quote), new Amount(401), "");
        Assert.Equal(RejectReason.InsufficientFunds, venue.Send(tooMuch).Reason);

        var posted = venue.Accept(tooMuch with { Amount = new Amount(400) }).Ledger!;

        Assert.Equal((0L, 600L), (posted.Balance.Available.Units, posted.Balance.Reserved.Units));
        Assert.Equal(-400, venue.Events.Of<BalanceChanged>().Single().Change.Units);
    }

    [Fact]
    public void Postings_are_refused_for_each_reason()
    {
        var venue = Venue.Trading(accounts: 1);
        var deposit = new Deposit(new AccountId(1), new AssetId(1), new Amount(1), "");
        Assert.Equal(RejectReason.AccountNotFound, venue.Send(deposit with { Account = new AccountId(5) }).Reason);
        Assert.Equal(RejectReason.AccountRequired, venue.Send(deposit with { Account = default }, user: 9).Reason);
        Assert.Equal(RejectReason.AssetNotFound, venue.Send(deposit with { Asset = new AssetId(3) }).Reason);
        Assert.Equal(RejectReason.AmountNotPositive, venue.Send(deposit with { Amount = default }).Reason);
        Assert.Equal(
            RejectReason.AmountNotPositive, venue.Send(deposit with { Amount = new Amount(long.MinValue) }).Reason);
        Assert.Equal(
            RejectReason.AmountTooLarge, venue.Send(deposit with { Amount = new Amount(long.MaxValue) }).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(deposit with { Reference = new string('x', 65) }).Reason);
        Assert.Equal(RejectReason.TextInvalid, venue.Send(deposit with { Reference = "für" }).Reason);
        Assert.Equal(7, venue.Accept(deposit with { Account = default }, user: 1).Ledger!.Id.Value + 4);
    }

    [Fact]
    public void Balances_of_an_account_are_in_order_of_asset_whatever_came_first()
    {
        var venue = new Venue();
        foreach (var symbol in new[] { "A", "B", "C" })
        {
            venue.Accept(new CreateAsset(symbol, 0));
        }

        venue.Accept(new CreateAccount(""));
        venue.Deposit(1, 3, 30);
        venue.Deposit(1, 1, 10);
        venue.Deposit(1, 2, 20);

        Assert.Equal(
            [(1, 10L), (2, 20L), (3, 30L)],
            venue.Exchange.Balances(new AccountId(1))!.Select(b => (b.Asset.Value, b.Available.Units)));
        Assert.Null(venue.Exchange.Balances(new AccountId(2)));
    }
}
