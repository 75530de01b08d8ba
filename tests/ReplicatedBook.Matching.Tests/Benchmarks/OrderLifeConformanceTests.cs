namespace ReplicatedBook.Matching.Tests.Benchmarks;

/// <summary>Goal: as <see cref="ConformanceTests"/>, of cancels, replacements and ids.</summary>
public sealed class OrderLifeConformanceTests
{
    [Fact]
    public void Rest_of_a_partly_filled_order_can_be_canceled() => new Case()
        .Sell(1, 10, 90).Buy(2, 7, 90).With(1, 7, 90).Cancel(1)
        .Leaves("");

    [Fact]
    public void Cancel_of_a_filled_order_is_rejected() => new Case()
        .Sell(1, 10, 90).Buy(2, 10, 90).With(1, 10, 90).Cancel(1).Rejected().Cancel(2).Rejected()
        .Leaves("");

    [Fact]
    public void Replacement_of_a_filled_order_is_rejected() => new Case()
        .Sell(1, 10, 90).Buy(2, 10, 90).With(1, 10, 90).ReplaceSell(1, 4, 91).Rejected()
        .Leaves("");

    [Fact]
    public void Cancel_and_replacement_of_a_canceled_order_are_rejected() => new Case()
        .Buy(1, 10, 90).Cancel(1).Cancel(1).Rejected().ReplaceBuy(1, 4, 91).Rejected()
        .Leaves("");

    [Fact]
    public void Cancel_and_replacement_of_an_id_that_never_was_are_rejected() => new Case()
        .Cancel(777).Rejected().ReplaceBuy(777, 4, 91).Rejected()
        .Leaves("");

    [Fact]
    public void Cancel_of_a_large_id_that_never_was_is_rejected() => new Case()
        .Cancel(3_000_000).Rejected()
        .Leaves("");

    [Fact]
    public void Id_of_a_canceled_order_can_be_used_again() => new Case()
        .Buy(1, 10, 90).Cancel(1).Sell(1, 8, 190)
        .BuyNow(2, 8, 190).With(1, 8, 190)
        .Leaves("");

    [Fact]
    public void Id_of_a_filled_order_can_be_used_again() => new Case()
        .Buy(1, 10, 90).Sell(2, 10, 90).With(1, 10, 90).Sell(1, 8, 190)
        .BuyNow(3, 8, 190).With(1, 8, 190)
        .Leaves("");

    [Fact]
    public void Replacement_across_the_spread_trades() => new Case()
        .Sell(1, 10, 90).Buy(2, 12, 85).ReplaceBuy(2, 12, 90).With(1, 10, 90)
        .Leaves("2:2@90");

    [Fact]
    public void Replacement_trades_at_the_makers_price_in_both_directions() => new Case()
        .Sell(1, 10, 90).Buy(2, 10, 80).ReplaceBuy(2, 10, 97).With(1, 10, 90)
        .Buy(3, 10, 190).Sell(4, 10, 200).ReplaceSell(4, 10, 181).With(3, 10, 190)
        .Leaves("");

    [Fact]
    public void Replacement_leaves_the_other_order_of_its_level_alone() => new Case()
        .Buy(1, 10, 90).Buy(2, 10, 90).ReplaceBuy(1, 10, 89)
        .SellNow(3, 10, 90).With(2, 10, 90)
        .Leaves("1:10@89");

    [Fact]
    public void Rest_of_a_partly_filled_order_can_be_replaced() => new Case()
        .Sell(1, 10, 90).Buy(2, 3, 90).With(1, 3, 90).ReplaceSell(1, 7, 92)
        .BuyNow(3, 7, 92).With(1, 7, 92)
        .Leaves("");

    [Fact]
    public void Replacement_that_fills_in_full_leaves_no_trace_in_the_index() => new Case()
        .Sell(1, 10, 90).Sell(2, 10, 91).Buy(3, 5, 80).ReplaceBuy(3, 10, 90).With(1, 10, 90)
        .Cancel(3).Rejected().ReplaceBuy(3, 5, 80).Rejected().Cancel(1).Rejected()
        .Buy(3, 4, 80).Cancel(2)
        .Leaves("3:4@80");

    [Fact]
    public void Replacement_at_the_same_price_goes_behind() => new Case()
        .Buy(1, 10, 90).Buy(2, 10, 90).ReplaceBuy(1, 11, 90)
        .SellNow(3, 15, 90).With(2, 10, 90).With(1, 5, 90)
        .Leaves("1:6@90");
}
