using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: the rules of matching, self-trade prevention, amendment, fees and money as a whole. Method: the
/// exchange
/// must tell the same story as one that searches a list from end to end and keeps no balances.</summary>
public sealed class TwinProperties
{
    [Fact]
    [Trait("MatchingScenario", "103 balances_never_negative")]
    [Trait("MatchingScenario", "104 sum_of_all_balances_reserved_and_fees_constant")]
    [Trait("MatchingScenario", "106 reserved_is_sum_over_open_orders_after_every_command")]
    public void Exchange_and_naive_exchange_tell_the_same_story() =>
        Prop.ForAll(Any.Session, session => RunBeside(session)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static bool RunBeside(Session session)
    {
        // Grain g: tick 0.01 and lot 0.0001 against a quote scale of 6 - g, so that 10^g values make one unit.
        var (tick, lot) = session.Grain == 0
            ? (new DecimalSize(2, 0), new DecimalSize(3, 0))
            : (new DecimalSize(1, 2), new DecimalSize(1, 4));
        var venue = Venue.Trading(
            accounts: 3, session.Funds, session.MakerFee, session.TakerFee,
            baseScale: session.Grain == 0 ? 0 : 4, quoteScale: session.Grain == 0 ? 0 : 6 - session.Grain, tick, lot);
        var terms = session.Grain == 0
            ? new NaiveTerms(6, 1, 3)
            : new NaiveTerms(1, BigInteger.Pow(10, session.Grain), 1);
        var naive = new NaiveExchange(terms, session.MakerFee, session.TakerFee);
        for (var account = 1; account <= 3; account++)
        {
            naive.Deposit(account, Venue.Base, session.Funds);
            naive.Deposit(account, Venue.Quote, session.Funds);
        }

        foreach (var step in session.Steps)
        {
            venue.Events.Clear();
            naive.Events.Clear();
            var (actual, expected) = Run(step, venue, naive, scale: session.Grain == 0 ? 1 : 613);
            Assert.Equal(expected, actual);
            Assert.Equal(
                naive.Events.Texts, venue.Events.All.Where(e => e is not BalanceChanged).Select(e => e.ToString()!));
            RequireEqualState(venue, naive);
        }

        return true;
    }

    private static (RejectReason Actual, RejectReason Expected) Run(
        Step step, Venue venue, NaiveExchange naive, long scale)
    {
        var account = step.Account;
        var id = naive.Orders.Count == 0 ? 1 : 1 + (step.Pick % naive.Orders.Count);
        var price = step.Price * scale;
        switch (step.Kind)
        {
            case StepKind.Place:
                var order = Venue.Order(
                    account, step.Side, step.Type == OrderType.Market ? 0 : price, step.Lots, step.TimeInForce,
                    step.PostOnly, step.Stp, type: step.Type);
                return (venue.Send(order, account).Reason, naive.Place(in order));
            case StepKind.Cancel:
                return (venue.Cancel(account, id).Reason, naive.Cancel(account, id));
            case StepKind.CancelAll:
                naive.CancelAll(account);
                return (venue.Send(new CancelOrders(default, default, null), account).Reason, RejectReason.None);
            case StepKind.AmendPrice or StepKind.AmendQuantity or StepKind.AmendBoth:
                var newPrice = step.Kind == StepKind.AmendQuantity ? 0 : price;
                var newQuantity = step.Kind == StepKind.AmendPrice ? 0 : step.Lots;
                return (
                    venue.Send(
                        new AmendOrder(
                            default, new OrderId(id), new Price(newPrice), new Quantity(newQuantity), default),
                        account).Reason,
                    naive.Amend(account, id, newPrice, newQuantity));
            case StepKind.Deposit:
                naive.Deposit(account, 1 + (step.Pick % 2), 1 + step.Pick);
                venue.Deposit(account, 1 + (step.Pick % 2), 1 + step.Pick);
                break;
            case StepKind.Withdraw:
                return (
                    venue.Send(
                        new Withdraw(
                            new AccountId(account), new AssetId(1 + (step.Pick % 2)), new Amount(1 + step.Pick),
                            "")).Reason,
                    naive.Withdraw(account, 1 + (step.Pick % 2), 1 + step.Pick));
            case StepKind.Fees:
                (naive.MakerFee, naive.TakerFee) = (-(int)step.Price, (int)(step.Price + step.Lots));
                venue.Accept(new UpdateInstrument(new InstrumentId(1), naive.MakerFee, naive.TakerFee, 0));
                break;
            default:
                naive.Status = step.Kind == StepKind.Halt ? InstrumentStatus.Halted : InstrumentStatus.Open;
                venue.Accept(new SetInstrumentStatus(new InstrumentId(1), naive.Status, false, 0));
                break;
        }

        // The twin has no events for these: what they do shows in the balances and in what follows.
        venue.Events.Clear();
        return (RejectReason.None, RejectReason.None);
    }

    private static void RequireEqualState(Venue venue, NaiveExchange naive)
    {
        Assert.Equal(naive.Queue(Side.Buy).Select(o => o.Id), venue.Queue(Side.Buy));
        Assert.Equal(naive.Queue(Side.Sell).Select(o => o.Id), venue.Queue(Side.Sell));
        Assert.Equal(naive.Fees, venue.Exchange.Conservation()[Venue.Quote - 1].Fees.Units);
        for (var account = 1; account <= 3; account++)
        {
            for (var asset = 1; asset <= 2; asset++)
            {
                Assert.Equal(
                    (naive.Available(account, asset), naive.Reserved(account, asset)),
                    (
                        (BigInteger)venue.Balance(account, asset).Available,
                        (BigInteger)venue.Balance(account, asset).Reserved));
            }
        }
    }
}
