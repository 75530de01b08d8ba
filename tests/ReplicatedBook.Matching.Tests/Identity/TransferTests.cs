using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;
using static ReplicatedBook.Matching.Tests.Testing.IdentityVenue;

namespace ReplicatedBook.Matching.Tests.Identity;

/// <summary>Rules of transfers.</summary>
public sealed class TransferTests
{
    private const long Funds = 1_000_000_000;

    [Fact]
    public void Money_moves_whole_and_both_postings_are_told()
    {
        var venue = Open();
        var outcome = venue.Send(Of(2, 3, 400), user: 2);

        Assert.Equal((Funds - 400, 0L), venue.Balance(2, Venue.Quote));
        Assert.Equal((Funds + 400, 0L), venue.Balance(3, Venue.Quote));
        var moved = venue.Events.Of<Transferred>().Single();
        Assert.Equal((moved.Debit, moved.Credit), (outcome.Transfer!.Debit, outcome.Transfer.Credit));
        Assert.Equal(
            [(moved.Debit, -400L), (moved.Credit, 400L)],
            venue.Events.Of<BalanceChanged>().Select(e => (e.Ledger, e.Change.Units)));
        Assert.Equal(Funds - 400, outcome.Transfer.Balance.Available.Units);
        Assert.Empty(venue.Events.Of<AuditRecorded>());
    }

    [Fact]
    public void An_account_that_never_had_the_asset_can_get_it()
    {
        var venue = Open();
        venue.Accept(new CreateAsset("EUR", 2));
        venue.Deposit(2, 3, 10);
        venue.Accept(Of(2, 3, 10, asset: 3), user: 2);
        Assert.Equal((10L, 0L), venue.Balance(3, 3));
    }

    [Fact]
    public void What_an_order_holds_cannot_be_sent()
    {
        var venue = Open();
        venue.Place(2, Side.Buy, 1, Funds - 5);
        var outcome = venue.Send(Of(2, 3, 6), user: 2);
        Assert.Equal((RejectReason.InsufficientFunds, 6L, 5L), (
            outcome.Reason, outcome.Needed.Units, outcome.Available.Units));
        venue.Accept(Of(2, 3, 5), user: 2);
    }

    [Theory]
    [InlineData(0, 3, 2, 1, 2, RejectReason.None)]
    [InlineData(0, 3, 2, 1, 9, RejectReason.AccountRequired)]
    [InlineData(2, 3, 2, 1, 3, RejectReason.AccountNotFound)]
    [InlineData(2, 9, 2, 1, 2, RejectReason.AccountNotFound)]
    [InlineData(2, 0, 2, 1, 2, RejectReason.AccountNotFound)]
    [InlineData(2, 2, 2, 1, 2, RejectReason.SameAccount)]
    [InlineData(2, 3, 9, 1, 2, RejectReason.AssetNotFound)]
    [InlineData(2, 3, 2, 0, 2, RejectReason.AmountNotPositive)]
    [InlineData(2, 3, 2, -1, 2, RejectReason.AmountNotPositive)]
    [InlineData(2, 3, 2, long.MaxValue, 2, RejectReason.InsufficientFunds)]
    [InlineData(2, 3, 2, 1, 0, RejectReason.None)]
    public void A_transfer_is_checked(int from, int to, int asset, long units, int user, RejectReason expected) =>
        Assert.Equal(expected, Open().Send(Of(from, to, units, asset), user).Reason);

    [Fact]
    public void Shares_of_an_outcome_stay_where_trades_have_brought_them()
    {
        var venue = Open();
        venue.Accept(new CreateAsset("EUR", 2));
        venue.Deposit(2, 3, 10_000);
        venue.Accept(new CreatePredictionMarket(
            "rain", "Rain?", new AssetId(3), new DecimalSize(1, 2), 0, 0, 0, default,
            [new OutcomeDefinition("YES", "Yes"), new OutcomeDefinition("NO", "No")]));
        venue.Accept(new SplitSet(new AccountId(2), new PredictionMarketId(1), new Quantity(5)), user: 2);
        Assert.Equal(RejectReason.AssetIsOutcome, venue.Send(Of(2, 3, 1, asset: 4), user: 2).Reason);
    }

    private static Transfer Of(int from, int to, long units, int asset = Venue.Quote) =>
        new(new AccountId(from), new AccountId(to), new AssetId(asset), new Amount(units));
}
