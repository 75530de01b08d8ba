using FsCheck;
using FsCheck.Fluent;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Tests.Testing;

/// <summary>What properties draw from.</summary>
internal static class Any
{
    private static readonly StepKind[] OtherKinds =
    [
        StepKind.Cancel, StepKind.Cancel, StepKind.Cancel, StepKind.CancelAll, StepKind.AmendPrice,
        StepKind.AmendQuantity,
        StepKind.AmendBoth, StepKind.AmendBoth, StepKind.Deposit, StepKind.Withdraw, StepKind.Fees, StepKind.Halt,
        StepKind.Open, StepKind.Open,
    ];

    public static Gen<Step> Step { get; } =
        from kind in Gen.Frequency((6, Gen.Constant(StepKind.Place)), (4, Gen.Elements(OtherKinds)))
        from account in Gen.Choose(1, 3)
        from side in Gen.Elements(Side.Buy, Side.Sell)
        from type in Gen.Frequency((7, Gen.Constant(OrderType.Limit)), (1, Gen.Constant(OrderType.Market)))
        from price in Gen.Choose(1, 12)
        from lots in Gen.Choose(1, 20)
        from timeInForce in Gen.Frequency(
            (6, Gen.Constant(TimeInForce.GoodTilCanceled)), (1, Gen.Constant(TimeInForce.ImmediateOrCancel)),
            (1, Gen.Constant(TimeInForce.FillOrKill)))
        from postOnly in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from stp in Gen.Elements(Enum.GetValues<SelfTradePrevention>())
        from pick in Gen.Choose(0, 1_000)
        select new Step(kind, account, side, type, price, lots, timeInForce, postOnly, stp, pick);

    public static Arbitrary<Session> Session { get; } = Arb.From(
        from makerFee in Gen.Elements(0, 0, 3, 25, -7, 10_000)
        from takerFee in Gen.Elements(0, 7, 10, 33, 10_000)
        from grain in Gen.Elements(0, 0, 1, 4, 6)
        from funds in Gen.Elements(0L, 300L, 5_000L, 1_000_000L)
        from steps in Step.ArrayOf(60)
        select new Session(Math.Max(makerFee, -takerFee), takerFee, grain, funds, steps),
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
