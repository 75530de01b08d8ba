using System.Numerics;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>The market that a session runs in, and its steps as commands.</summary>
internal static class SessionVenue
{
    /// <summary>Two instruments of one pair of assets, the second with ticks twice as large; three accounts with
    /// funds.</summary>
    public static Venue Open(Session session)
    {
        // Grain g: tick 0.01 and lot 0.0001 against a quote scale of 6 - g, so that 10^g values make one unit.
        var isWhole = session.Grain == 0;
        var lot = isWhole ? new DecimalSize(3, 0) : new DecimalSize(1, 4);
        var venue = Venue.Trading(
            accounts: 3, session.Funds, session.MakerFee, session.TakerFee, baseScale: isWhole ? 0 : 4,
            quoteScale: isWhole ? 0 : 6 - session.Grain, isWhole ? new DecimalSize(2, 0) : new DecimalSize(1, 2), lot,
            new ExchangeLimits { MaxOpenOrdersPerAccount = session.MaxOpenOrders });
        venue.Accept(new ListInstrument(
            "BTC-USD:2", new AssetId(Venue.Base), new AssetId(Venue.Quote),
            isWhole ? new DecimalSize(4, 0) : new DecimalSize(2, 2), lot, session.MakerFee, session.TakerFee));
        venue.Accept(new SetFeatureLevel(FeatureLevels.OrderOptions));
        return venue;
    }

    /// <summary>The twin of that market.</summary>
    public static NaiveExchange OpenTwin(Session session)
    {
        var naive = new NaiveExchange(session.MaxOpenOrders);
        for (var id = 1; id <= 2; id++)
        {
            naive.Instruments.Add(new NaiveInstrument
            {
                Id = id,
                Terms = session.Grain == 0
                    ? new NaiveTerms(6 * id, 1, 3)
                    : new NaiveTerms(id, BigInteger.Pow(10, session.Grain), 1),
                MakerFee = session.MakerFee,
                TakerFee = session.TakerFee,
            });
        }

        for (var account = 1; account <= 3; account++)
        {
            naive.Deposit(account, Venue.Base, session.Funds);
            naive.Deposit(account, Venue.Quote, session.Funds);
        }

        return naive;
    }

    /// <summary>A step's command and who sends it: mostly the owner of the order it names.</summary>
    /// <param name="step">The step.</param>
    /// <param name="venue">Where it will be applied, at the present time.</param>
    /// <param name="scale">Ticks of one drawn price.</param>
    /// <param name="orders">How many orders there were before.</param>
    public static (object Command, int User) CommandOf(Step step, Venue venue, long scale, int orders)
    {
        var order = new OrderId(Math.Max(1, orders - (step.Pick % 12)));
        var namesOrder = step.Kind
            is StepKind.Cancel or StepKind.AmendPrice or StepKind.AmendQuantity or StepKind.AmendBoth;
        var owner = (int)(venue.Exchange.FindOrder(order)?.Account.Value ?? step.Account);
        var user = namesOrder && step.Pick % 9 != 0 ? owner : step.Account;
        return (CommandOf(step, user, order, venue.Time, scale), user);
    }

    private static object CommandOf(Step step, int user, OrderId order, long now, long scale)
    {
        var account = new AccountId(user);
        var (instrument, asset) = (new InstrumentId(step.Instrument), new AssetId(1 + (step.Pick % 2)));
        var (price, quantity) = (new Price(step.Price * scale), new Quantity(step.Lots));
        return step.Kind switch
        {
            StepKind.Place => step.Orders[0].At(now, scale),
            StepKind.Batch or StepKind.AtomicBatch =>
                new PlaceBatch([.. step.Orders.Select(o => o.At(now, scale) with { Account = account })])
                {
                    IsAtomic = step.Kind == StepKind.AtomicBatch,
                },
            StepKind.Cancel => new CancelOrder(account, order, default),
            StepKind.CancelAll => new CancelOrders(default, default, null),
            StepKind.AmendPrice => new AmendOrder(default, order, price, default, default),
            StepKind.AmendQuantity => new AmendOrder(default, order, default, quantity, default),
            StepKind.AmendBoth => new AmendOrder(default, order, price, quantity, new Quantity(step.Pick % 3)),
            StepKind.Deposit => new Deposit(account, asset, new Amount(1 + step.Pick), ""),
            StepKind.Withdraw => new Withdraw(account, asset, new Amount(1 + step.Pick), ""),
            StepKind.Fees => new UpdateInstrument(instrument, -(int)step.Price, (int)(step.Price + step.Lots), 0),
            StepKind.Rules => new UpdateInstrument(instrument, 0, (int)step.Lots, 0)
            {
                Rules = new OrderRules(
                    step.Pick % 3 * 40, step.Pick % 2 == 0 ? 0 : step.Lots, step.Pick % 4 * 1_500),
            },
            StepKind.Switch => new SetCancelAfter(account, step.Pick % 5 * 750_000L),
            StepKind.Wait => default(Tick),
            _ => new SetInstrumentStatus(
                instrument, step.Kind == StepKind.Open ? InstrumentStatus.Open : InstrumentStatus.Halted,
                step.Kind == StepKind.HaltAndCancel, 0),
        };
    }
}
