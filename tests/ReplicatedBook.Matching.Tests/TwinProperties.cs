using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Events;
using ReplicatedBook.Matching.Tests.Testing;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: the rules of matching, of all types of orders, self-trade prevention, amendment, batches, fees and
/// money as a whole. Method: the exchange must tell the same story as one that searches a list from end to end and
/// keeps no balances.</summary>
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
        var (venue, naive) = (SessionVenue.Open(session), SessionVenue.OpenTwin(session));
        foreach (var step in session.Steps)
        {
            venue.Events.Clear();
            naive.Events.Clear();
            venue.Time += step.Seconds * 1_000_000L;
            var (command, user) = SessionVenue.CommandOf(step, venue, session.Scale, naive.Orders.Count);
            naive.Begin(venue.Time);
            var expected = Run(naive, user, command);
            var outcome = venue.Send(command, user);
            Assert.Equal(expected, outcome.Items.Count == 0 ? [outcome.Reason] : outcome.Items.Select(i => i.Reason));
            Assert.Equal(naive.Events.Texts, venue.Events.All.Where(IsOfOrders).Select(e => e.ToString()!));
            RequireEqualState(venue, naive);
        }

        return true;
    }

    /// <summary>The twin has no events for other things: what they do shows in the balances and in what
    /// follows.</summary>
    private static bool IsOfOrders(object e) =>
        e is not (BalanceChanged or InstrumentChanged or InstrumentRulesChanged);

    private static IReadOnlyList<RejectReason> Run(NaiveExchange naive, int account, object command)
    {
        switch (command)
        {
            case PlaceOrder order: return [naive.Place(in order)];
            case PlaceBatch batch: return naive.PlaceBatch(in batch);
            case CancelOrder cancel: return [naive.Cancel(account, cancel.Order.Value)];
            case CancelOrders: naive.CancelAll(account); break;
            case AmendOrder amend:
                return
                [
                    naive.Amend(
                        account, amend.Order.Value, amend.LimitPrice.Ticks, amend.Quantity.Lots,
                        amend.ExpectedRemaining.Lots),
                ];
            case Deposit deposit: naive.Deposit(account, deposit.Asset.Value, deposit.Amount.Units); break;
            case Withdraw withdraw: return [naive.Withdraw(account, withdraw.Asset.Value, withdraw.Amount.Units)];
            case UpdateInstrument update:
                var instrument = naive.Instruments[update.Instrument.Value - 1];
                (instrument.MakerFee, instrument.TakerFee) = (update.MakerFeeBps, update.TakerFeeBps);
                instrument.Rules = update.Rules ?? instrument.Rules;
                break;
            case SetCancelAfter { Timeout: not 0 and < SetCancelAfter.MinTimeout }:
                return [RejectReason.TimeoutOutOfRange];
            case SetCancelAfter set: naive.SetSwitch(account, set.Timeout == 0 ? 0 : naive.Now + set.Timeout); break;
            case SetInstrumentStatus set:
                naive.SetStatus(naive.Instruments[set.Instrument.Value - 1], set.Status, set.CancelOpenOrders);
                break;
        }

        return [RejectReason.None];
    }

    private static void RequireEqualState(Venue venue, NaiveExchange naive)
    {
        foreach (var instrument in naive.Instruments)
        {
            var id = new InstrumentId(instrument.Id);
            var book = venue.Exchange.Book(id, int.MaxValue, withOrders: true)!;
            foreach (var (side, orders, levels) in new[]
                { (Side.Buy, book.BidOrders, book.Bids), (Side.Sell, book.AskOrders, book.Asks) })
            {
                var queue = naive.Queue(instrument, side).ToList();
                Assert.Equal(
                    queue.Select(o => (o.Id, o.Price, o.Shown)),
                    orders.Select(o => (o.Order.Value, o.Price.Ticks, o.Remaining.Lots)));
                Assert.Equal(
                    queue.GroupBy(o => o.Price).Select(g => (g.Key, g.Sum(o => o.Shown), g.Count())),
                    levels.Select(l => (l.Price.Ticks, l.Quantity.Lots, l.OrderCount)));
            }

            Assert.Equal(
                naive.Queue(instrument, Side.Buy).Concat(naive.Queue(instrument, Side.Sell))
                    .Concat(naive.Waiting(instrument, Side.Buy)).Concat(naive.Waiting(instrument, Side.Sell))
                    .Select(o => o.Id),
                venue.Exchange.OpenOrders(id).Select(o => o.Id.Value));
        }

        foreach (var order in naive.Orders)
        {
            var view = venue.Exchange.FindOrder(new OrderId(order.Id))!;
            Assert.Equal(
                (order.Status, order.Reason, order.Price, order.Quantity, order.Filled, (long)order.Reserved),
                (view.Status, view.Reason, view.LimitPrice.Ticks, view.Quantity.Lots, view.Filled.Lots,
                    view.Reserved.Units));
            Assert.Equal(order.IsOpen ? order.Remaining : 0, view.Remaining.Lots);
        }

        RequireEqualMoney(venue, naive);
    }

    private static void RequireEqualMoney(Venue venue, NaiveExchange naive)
    {
        Assert.Equal(naive.Fees, venue.Exchange.Conservation()[Venue.Quote - 1].Fees.Units);
        for (var account = 1; account <= 3; account++)
        {
            Assert.Equal(
                naive.Switches.TryGetValue(account, out var at) ? at : null,
                venue.Exchange.FindAccount(new AccountId(account))!.CancelAfterAt?.Microseconds);
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
