using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: a user does not trade with itself by mistake, whichever of its accounts an order is of. Method: user
/// 2 has accounts 2 and 4; what account 2 rests is met by account 4 in every way that looks at own orders.</summary>
public sealed class SelfTradeByUserTests
{
    private const int First = 2;
    private const int Second = 4;

    [Theory]
    [InlineData(SelfTradePrevention.CancelTaker, OrderStatus.Canceled, OrderStatus.Open)]
    [InlineData(SelfTradePrevention.CancelMaker, OrderStatus.Open, OrderStatus.Canceled)]
    [InlineData(SelfTradePrevention.CancelBoth, OrderStatus.Canceled, OrderStatus.Canceled)]
    [InlineData(SelfTradePrevention.Decrement, OrderStatus.Canceled, OrderStatus.Canceled)]
    [InlineData(SelfTradePrevention.None, OrderStatus.Filled, OrderStatus.Filled)]
    public void An_order_of_the_users_other_account_is_an_own_one(
        SelfTradePrevention mode, OrderStatus taker, OrderStatus maker)
    {
        var venue = Open();
        var resting = venue.Place(First, Side.Sell, 10, 5).Order!;
        Assert.Equal(taker, Place(venue, Venue.Order(Second, Side.Buy, 10, 5, stp: mode)).Order!.Status);
        Assert.Equal(maker, venue.Exchange.FindOrder(resting.Id)!.Status);
    }

    [Fact]
    public void Below_the_level_and_for_the_local_user_only_the_account_counts()
    {
        var below = Open(FeatureLevels.BettingMarkets);
        below.Place(First, Side.Sell, 10, 5);
        Assert.Equal(OrderStatus.Filled, Place(below, Venue.Order(Second, Side.Buy, 10, 5)).Order!.Status);

        var local = Venue.Trading();
        local.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        local.Accept(new CreateAccount(""));
        local.Accept(new CreateAccount(""));
        local.Deposit(4, Venue.Base, 100);
        local.Deposit(5, Venue.Quote, 100);
        local.Accept(Venue.Order(4, Side.Sell, 10, 5));
        Assert.Equal(OrderStatus.Filled, local.Accept(Venue.Order(5, Side.Buy, 10, 5)).Order!.Status);
    }

    [Fact]
    public void An_order_of_another_user_with_several_accounts_is_a_foreign_one()
    {
        var venue = Open();
        venue.Accept(new CreateAccount(""), user: 3);
        venue.Deposit(5, Venue.Base, 100);
        venue.Send(Venue.Order(5, Side.Sell, 10, 5), user: 3);
        Assert.Equal(OrderStatus.Filled, Place(venue, Venue.Order(Second, Side.Buy, 10, 5)).Order!.Status);
    }

    [Fact]
    public void Own_orders_are_no_liquidity_of_a_fill_or_kill_order()
    {
        var venue = Open();
        venue.Place(First, Side.Sell, 10, 5);
        venue.Place(3, Side.Sell, 11, 4);
        var order = Venue.Order(
            Second, Side.Buy, 11, 5, TimeInForce.FillOrKill, stp: SelfTradePrevention.CancelMaker);
        Assert.Equal(StatusReason.FillOrKill, Place(venue, order).Order!.Reason);
        Assert.Equal(OrderStatus.Filled, Place(venue, order with { Quantity = new Quantity(4) }).Order!.Status);
    }

    [Fact]
    public void A_preview_sees_own_orders_as_the_order_will()
    {
        var venue = Open();
        venue.Place(First, Side.Sell, 10, 5);
        venue.Place(3, Side.Sell, 11, 4);
        foreach (var mode in Enum.GetValues<SelfTradePrevention>())
        {
            var order = Venue.Order(Second, Side.Buy, 11, 7, stp: mode);
            var command = venue.Bytes(order, First);
            var copy = new Venue { Exchange = Exchange.ReadSnapshot(venue.Snapshot()) };
            copy.Time = venue.Time;
            var preview = venue.Exchange.Preview(command);
            var placed = copy.Apply(command).Order!;
            Assert.Equal((placed.Status, placed.Remaining), (preview.Status, preview.Remaining));
            Assert.Equal(placed.Filled.Lots, preview.Fills.Sum(fill => fill.Quantity.Lots));
        }
    }

    [Fact]
    public void A_market_buy_need_not_pay_for_what_is_its_own()
    {
        var venue = Open(funds: 0);
        venue.Deposit(First, Venue.Base, 5);
        venue.Deposit(3, Venue.Base, 5);
        venue.Deposit(Second, Venue.Quote, 1_000);
        venue.Place(First, Side.Sell, 2_000, 5);
        venue.Place(3, Side.Sell, 3_000, 5);
        var buy = Venue.MarketOrder(Second, Side.Buy, 1);
        Assert.Equal(StatusReason.SelfTrade, Place(venue, buy).Order!.Reason);
        Assert.Equal(RejectReason.InsufficientFunds, Place(
            venue, buy with { SelfTradePrevention = SelfTradePrevention.None }).Reason);
    }

    [Theory]
    [InlineData(TimeInForce.GoodTilCanceled, StatusReason.SelfTrade)]
    [InlineData(TimeInForce.FillOrKill, StatusReason.FillOrKill)]
    public void A_bet_of_the_users_other_account_is_an_own_one(TimeInForce timeInForce, StatusReason expected)
    {
        var venue = BettingVenue.Open();
        venue.Accept(new SetFeatureLevel(FeatureLevels.Identity));
        venue.Accept(new CreateAccount(""), user: First);
        venue.Deposit(Second, BettingVenue.Currency, 1_000L * BettingVenue.One);
        venue.Place(BettingVenue.Bet(First, BetSide.Back, BettingVenue.A, 300, 10_000));
        var lay = BettingVenue.Bet(Second, BetSide.Lay, BettingVenue.A, 300, 10_000, timeInForce);
        Assert.Equal(expected, venue.Send(lay, First).Bet!.Reason);
        Assert.Equal(
            OrderStatus.Filled,
            venue.Send(lay with { SelfTradePrevention = SelfTradePrevention.None }, First).Bet!.Status);
    }

    [Fact]
    public void A_restored_exchange_knows_whose_accounts_belong_together()
    {
        var venue = Open();
        venue.Place(First, Side.Sell, 10, 5);
        venue.Exchange = Exchange.ReadSnapshot(venue.Snapshot());
        Assert.Equal(StatusReason.SelfTrade, Place(venue, Venue.Order(Second, Side.Buy, 10, 5)).Order!.Reason);
    }

    private static Venue Open(int level = FeatureLevels.Identity, long funds = 1_000_000)
    {
        var venue = Venue.Trading(funds: funds);
        venue.Accept(new SetFeatureLevel(level));
        venue.Accept(new CreateAccount(""), user: First);
        venue.Deposit(Second, Venue.Base, funds);
        venue.Deposit(Second, Venue.Quote, funds);
        return venue;
    }

    private static Views.CommandOutcome Place(Venue venue, PlaceOrder order) => venue.Send(order, First);
}
