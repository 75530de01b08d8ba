using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Goal: nobody acts on an account, order or bet of another, nor learns that it exists. Method: every command
/// on an account, sent by its owner, by another user for whom it must be answered as one that there is not, and by the
/// local user.</summary>
public sealed class OwnershipTests
{
    private const int Owner = 2;
    private const int Other = 3;
    private const long Missing = 99;

    public static TheoryData<string> Kinds =>
    [
        nameof(PlaceOrder), nameof(PlaceBatch), nameof(AmendOrder), nameof(CancelOrder), nameof(CancelOrders),
        nameof(SetCancelAfter), nameof(SplitSet), nameof(MergeSet), nameof(PlaceBet), nameof(CancelBet),
        nameof(CancelBets), nameof(Transfer),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_account_of_another_user_is_answered_like_one_that_there_is_not(string kind)
    {
        var venue = OpenAll();
        Assert.Equal(RejectReason.AccountNotFound, ReasonOf(venue, Command(kind, Owner), Other));
        var refused = venue.LastResult;
        Assert.Equal(RejectReason.AccountNotFound, ReasonOf(venue, Command(kind, Missing), Other));
        Assert.Equal(refused, venue.LastResult);
        Assert.Equal(RejectReason.None, ReasonOf(venue, Command(kind, Owner), Owner));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_local_user_may_act_on_every_account(string kind) =>
        Assert.Equal(RejectReason.None, ReasonOf(OpenAll(), Command(kind, Owner), user: 0));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Below_the_level_the_local_user_has_its_own_accounts_only(string kind)
    {
        if (kind == nameof(Transfer))
        {
            return; // It came with the level.
        }

        var venue = OpenAll(FeatureLevels.BettingMarkets);
        Assert.Equal(RejectReason.AccountNotFound, ReasonOf(venue, Command(kind, Owner), user: 0));
    }

    [Fact]
    public void An_order_or_bet_of_another_user_is_not_found_by_its_id()
    {
        var venue = OpenAll();
        object[] commands =
        [
            new CancelOrder(default, new OrderId(1), default),
            new AmendOrder(default, new OrderId(1), new Price(4), default, default),
            new CancelBet(default, new OrderId(2), default, default),
        ];
        foreach (var command in commands)
        {
            Assert.Equal(RejectReason.OrderNotFound, venue.Send(command, Other).Reason);
        }

        Assert.All(commands.Reverse(), command => Assert.Equal(RejectReason.None, venue.Send(command).Reason));
    }

    [Fact]
    public void A_user_opens_accounts_for_itself()
    {
        var venue = OpenAll();
        venue.Accept(new CreateAccount("second"), user: Owner);
        Assert.Equal([2L, 4L], venue.Exchange.AccountsOf(new UserId(Owner)).Select(account => account.Value));
        Assert.Equal(
            RejectReason.AccountRequired, venue.Send(new SetCancelAfter(default, 0), Owner).Reason);
        Assert.Empty(venue.Exchange.AccountsOf(new UserId(77)));
    }

    /// <summary>Order 1 of account 2 rests, bet 2 too, and it has a set to merge.</summary>
    private static Venue OpenAll(int level = FeatureLevels.Identity)
    {
        var venue = Venue.Trading();
        venue.Accept(new SetFeatureLevel(level));
        venue.Accept(new CreateAsset("EUR", 4));
        venue.Deposit(Owner, 3, 100_000_000);
        venue.Accept(new CreatePredictionMarket(
            "rain", "Rain?", new AssetId(3), new DecimalSize(1, 2), 0, 0, 0, default,
            [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]));
        venue.Accept(BettingVenue.Market("match", currency: 3));
        venue.Place(Owner, Side.Buy, 5, 10);
        venue.Place(BettingVenue.Bet(Owner, BetSide.Back, 1, 300, 10_000));
        venue.Accept(new SplitSet(new AccountId(Owner), new PredictionMarketId(1), new Quantity(5)), Owner);
        return venue;
    }

    private static object Command(string kind, long account)
    {
        var (id, rain) = (new AccountId(account), new PredictionMarketId(1));
        return kind switch
        {
            nameof(PlaceOrder) => Venue.Order((int)account, Side.Buy, 5, 1),
            nameof(PlaceBatch) => new PlaceBatch([Venue.Order((int)account, Side.Buy, 5, 1)]),
            nameof(AmendOrder) => new AmendOrder(id, new OrderId(1), new Price(4), default, default),
            nameof(CancelOrder) => new CancelOrder(id, new OrderId(1), default),
            nameof(CancelOrders) => new CancelOrders(id, default, null),
            nameof(SetCancelAfter) => new SetCancelAfter(id, SetCancelAfter.MinTimeout),
            nameof(SplitSet) => new SplitSet(id, rain, new Quantity(1)),
            nameof(MergeSet) => new MergeSet(id, rain, new Quantity(1)),
            nameof(PlaceBet) => BettingVenue.Bet((int)account, BetSide.Back, 1, 300, 10_000),
            nameof(CancelBet) => new CancelBet(id, new OrderId(2), default, default),
            nameof(CancelBets) => new CancelBets(id, default, default, null),
            _ => new Transfer(id, new AccountId(1), new AssetId(Venue.Quote), new Amount(1)),
        };
    }

    private static RejectReason ReasonOf(Venue venue, object command, int user)
    {
        var outcome = venue.Send(command, user);
        return outcome.Items.Count == 1 ? outcome.Items[0].Reason : outcome.Reason;
    }
}
