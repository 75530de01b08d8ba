using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What properties draw from.</summary>
internal static class Any
{
    private static readonly StepKind[] OtherKinds =
    [
        StepKind.Cancel, StepKind.Cancel, StepKind.Cancel, StepKind.CancelAll, StepKind.AmendPrice,
        StepKind.AmendPrice, StepKind.AmendQuantity, StepKind.AmendQuantity, StepKind.AmendBoth, StepKind.AmendBoth,
        StepKind.AmendBoth, StepKind.Deposit, StepKind.Withdraw, StepKind.Fees, StepKind.Rules, StepKind.Halt,
        StepKind.HaltAndCancel, StepKind.Open, StepKind.Open, StepKind.Open, StepKind.Open, StepKind.Open,
        StepKind.Open, StepKind.Open, StepKind.Open, StepKind.Open, StepKind.Open, StepKind.Switch, StepKind.Wait,
    ];

    private static readonly OrderType[] Types =
    [
        OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit,
        OrderType.Market, OrderType.Market, OrderType.Stop, OrderType.Stop, OrderType.StopLimit, OrderType.StopLimit,
    ];

    private static readonly TimeInForce[] TimesInForce =
    [
        TimeInForce.GoodTilCanceled, TimeInForce.GoodTilCanceled, TimeInForce.GoodTilCanceled,
        TimeInForce.GoodTilCanceled, TimeInForce.GoodTilCanceled, TimeInForce.GoodTilCanceled,
        TimeInForce.GoodTilCanceled, TimeInForce.GoodTilCanceled, TimeInForce.GoodTilDate, TimeInForce.GoodTilDate,
        TimeInForce.ImmediateOrCancel, TimeInForce.FillOrKill,
    ];

    public static Gen<DrawnOrder> Order { get; } =
        from account in Gen.Choose(1, 3)
        from instrument in Gen.Elements(1, 1, 1, 2)
        from side in Gen.Elements(Side.Buy, Side.Sell)
        from type in Gen.Elements(Types)
        from price in Gen.Choose(0, 12)
        from lots in Gen.Frequency(
            (1, Gen.Constant(0)), (30, Gen.Choose(1, 20)), (1, Gen.Constant((2 * PlaceOrder.MaxPeaks) + 1)))
        from timeInForce in Gen.Elements(TimesInForce)
        from postOnly in Gen.Elements(false, false, false, false, false, false, false, false, true)
        from stp in Gen.Elements(Enum.GetValues<SelfTradePrevention>())
        from seconds in Gen.Elements(0, 1, 2, 3, 5, 8, 13, 20)
        from display in Gen.Elements(0, 0, 0, 1, 2, 3, 5)
        from stop in Gen.Choose(1, 12)
        from budget in Gen.Elements(0, 0, 7, 60, 400, 2_000)
        select new DrawnOrder(
            account, instrument, side, type, price, lots, timeInForce, postOnly, stp, seconds, display, stop, budget);

    public static Gen<Step> Step { get; } =
        from kind in Gen.Frequency(
            (14, Gen.Constant(StepKind.Place)), (2, Gen.Constant(StepKind.Batch)),
            (2, Gen.Constant(StepKind.AtomicBatch)), (12, Gen.Elements(OtherKinds)))
        from size in Gen.Choose(1, 4)
        from orders in Order.ArrayOf(kind is StepKind.Batch or StepKind.AtomicBatch ? size : 1)
        from price in Gen.Choose(1, 12)
        from lots in Gen.Choose(1, 20)
        from pick in Gen.Choose(0, 1_000)
        from seconds in Gen.Elements(0, 0, 0, 1, 2)
        select new Step(kind, orders, price, lots, pick, seconds);

    public static Arbitrary<Session> Session { get; } = Arb.From(
        from makerFee in Gen.Elements(0, 0, 3, 25, -7, 10_000)
        from takerFee in Gen.Elements(0, 7, 10, 33, 10_000)
        from grain in Gen.Elements(0, 0, 1, 4, 6)
        from funds in Gen.Elements(0L, 300L, 2_000L, 5_000L, 50_000L, 1_000_000L)
        from maxOpenOrders in Gen.Elements(3, 8, 100)
        from steps in Step.ArrayOf(60)
        select new Session(Math.Max(makerFee, -takerFee), takerFee, grain, funds, maxOpenOrders, steps),
        Shrink);

    private static IEnumerable<Session> Shrink(Session session)
    {
        for (var size = session.Steps.Length / 2; size > 0; size /= 2)
        {
            for (var start = 0; start + size <= session.Steps.Length; start += size)
            {
                yield return session with { Steps = [.. session.Steps[..start], .. session.Steps[(start + size)..]] };
            }
        }
    }
}
