namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: what every price-time book must do, in the 34 situations in which others went wrong
/// (github.com/flash1-dev/matching-engine-benchmark, docs/CONFORMANCE.md). Method: a few messages each, on every
/// matcher, with the whole book compared after every message.</summary>
public sealed class ConformanceTests
{
    [Fact]
    public void Cancel_in_the_middle_of_a_queue_keeps_what_is_behind() => new Case()
        .Buy(1, 7, 500).Buy(2, 8, 500).Buy(3, 9, 500).Cancel(2)
        .SellNow(4, 16, 500).With(1, 7, 500).With(3, 9, 500)
        .Leaves("");

    [Fact]
    public void Cancel_at_the_head_of_a_queue_keeps_what_is_behind() => new Case()
        .Sell(1, 7, 500).Sell(2, 8, 500).Sell(3, 9, 500).Cancel(1)
        .BuyNow(4, 17, 500).With(2, 8, 500).With(3, 9, 500)
        .Leaves("");

    [Fact]
    public void Scattered_cancels_keep_the_order_of_a_deep_queue() => new Case()
        .Buy(1, 5, 70).Buy(2, 5, 70).Buy(3, 5, 70).Buy(4, 5, 70).Buy(5, 5, 70).Buy(6, 5, 70).Buy(7, 5, 70).Buy(8, 5, 70)
        .Cancel(7).Cancel(2).Cancel(4)
        .SellNow(9, 24, 70).With(1, 5, 70).With(3, 5, 70).With(5, 5, 70).With(6, 5, 70).With(8, 4, 70)
        .Leaves("8:1@70");

    [Fact]
    public void Oldest_order_of_a_price_trades_first() => new Case()
        .Buy(1, 4, 900).Buy(2, 4, 900)
        .Sell(3, 4, 900).With(1, 4, 900)
        .Leaves("2:4@900");

    [Fact]
    public void Partly_filled_maker_keeps_its_place_for_the_next_takers() => new Case()
        .Sell(1, 6, 40).Sell(2, 6, 40).Sell(3, 6, 40).Sell(4, 6, 40)
        .BuyNow(5, 8, 40).With(1, 6, 40).With(2, 2, 40)
        .BuyNow(6, 8, 40).With(2, 4, 40).With(3, 4, 40)
        .Leaves("3:2@40 4:6@40");

    [Fact]
    public void Immediate_order_sweeps_levels_best_price_first() => new Case()
        .Sell(1, 3, 63).Sell(2, 4, 62).Sell(3, 5, 61)
        .BuyNow(4, 12, 63).With(3, 5, 61).With(2, 4, 62).With(1, 3, 63)
        .Leaves("");

    [Fact]
    public void Quantity_of_three_levels_exactly_leaves_nothing() => new Case()
        .Buy(1, 10, 63).Buy(2, 20, 62).Buy(3, 30, 61).Buy(4, 1, 60)
        .SellNow(5, 60, 60).With(1, 10, 63).With(2, 20, 62).With(3, 30, 61)
        .Leaves("4:1@60");

    [Fact]
    public void Rest_of_a_sweep_becomes_the_best_price_and_trades() => new Case()
        .Sell(1, 10, 80).Sell(2, 10, 81).Sell(3, 10, 82)
        .Buy(4, 37, 82).With(1, 10, 80).With(2, 10, 81).With(3, 10, 82)
        .SellNow(5, 7, 82).With(4, 7, 82)
        .Leaves("");

    [Fact]
    public void Best_price_comes_first_whatever_came_first() => new Case()
        .Sell(1, 10, 45).Sell(2, 10, 41).BuyNow(3, 10, 45).With(2, 10, 41)
        .Buy(4, 10, 30).Buy(5, 10, 38).Buy(6, 10, 34)
        .SellNow(7, 30, 30).With(5, 10, 38).With(6, 10, 34).With(4, 10, 30)
        .Leaves("1:10@45");

    [Fact]
    public void Seller_takes_the_highest_bid_after_cancels_at_both_levels() => new Case()
        .Buy(1, 5, 20).Buy(2, 5, 20).Buy(3, 5, 21).Buy(4, 5, 21).Cancel(4).Cancel(1)
        .SellNow(5, 10, 20).With(3, 5, 21).With(2, 5, 20)
        .Leaves("");

    [Fact]
    public void Trades_are_at_the_makers_price_in_both_directions() => new Case()
        .Sell(1, 9, 300).BuyNow(2, 9, 317).With(1, 9, 300)
        .Buy(3, 9, 700).SellNow(4, 9, 683).With(3, 9, 700)
        .Leaves("");

    [Fact]
    public void Order_larger_than_two_makers_of_a_price_trades_with_each() => new Case()
        .Sell(1, 30, 9).Sell(2, 40, 9)
        .Buy(3, 95, 9).With(1, 30, 9).With(2, 40, 9)
        .SellNow(4, 25, 9).With(3, 25, 9)
        .Leaves("");

    [Fact]
    public void Emptied_level_can_be_used_again() => new Case()
        .Sell(1, 10, 50).Sell(2, 10, 51).Sell(3, 10, 52)
        .BuyNow(4, 30, 52).With(1, 10, 50).With(2, 10, 51).With(3, 10, 52)
        .Sell(5, 6, 51).BuyNow(6, 6, 51).With(5, 6, 51)
        .Sell(7, 6, 53).BuyNow(8, 6, 53).With(7, 6, 53)
        .Leaves("");

    [Fact]
    public void Best_bid_after_a_cancel_is_the_next_level() => new Case()
        .Buy(1, 10, 60).Buy(2, 6, 59).Cancel(1)
        .SellNow(3, 6, 59).With(2, 6, 59)
        .Leaves("");

    [Fact]
    public void Best_ask_after_a_cancel_is_the_next_level() => new Case()
        .Sell(1, 10, 60).Sell(2, 6, 61).Cancel(1)
        .BuyNow(3, 6, 61).With(2, 6, 61)
        .Leaves("");

    [Fact]
    public void Side_that_became_empty_can_be_filled_again() => new Case()
        .Buy(1, 10, 60).Cancel(1).Buy(2, 9, 55)
        .SellNow(3, 9, 55).With(2, 9, 55)
        .Leaves("");

    [Fact]
    public void Rest_of_an_immediate_order_does_not_rest() => new Case()
        .Sell(1, 10, 100).BuyNow(2, 13, 100).With(1, 10, 100).RestCanceled()
        .SellNow(3, 3, 100).RestCanceled()
        .Leaves("");

    [Fact]
    public void Order_stops_at_its_own_price_and_rests_there() => new Case()
        .Sell(1, 5, 100).Sell(2, 10, 105)
        .Buy(3, 11, 103).With(1, 5, 100)
        .SellNow(4, 6, 103).With(3, 6, 103)
        .Leaves("2:10@105");

    [Fact]
    public void Rest_of_a_maker_is_used_up_exactly() => new Case()
        .Sell(1, 25, 10)
        .BuyNow(2, 9, 10).With(1, 9, 10)
        .BuyNow(3, 16, 10).With(1, 16, 10)
        .BuyNow(4, 5, 10).RestCanceled()
        .Leaves("");

    [Fact]
    public void Taker_that_is_used_up_leaves_the_next_maker_alone() => new Case()
        .Sell(1, 5, 10).Sell(2, 5, 10)
        .BuyNow(3, 5, 10).With(1, 5, 10)
        .Leaves("2:5@10");

    [Fact]
    public void Five_thousand_makers_of_one_price_are_swept_in_order()
    {
        const int Makers = 5_000;
        var sweep = new Case();
        for (var id = 1; id <= Makers; id++)
        {
            sweep.Sell(id, 1, 10);
        }

        sweep.BuyNow(Makers + 1, Makers, 10);
        for (var id = 1; id <= Makers; id++)
        {
            sweep.With(id, 1, 10);
        }

        sweep.Leaves("");
    }

    [Fact]
    public void Large_price_is_kept_in_full() => new Case()
        .Sell(1, 10, 200_003).BuyNow(2, 10, 200_003).With(1, 10, 200_003)
        .Leaves("");
}
