using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Commands;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Book;

/// <summary>What ticks and lots of an instrument are worth in units of its assets, without rounding until money
/// moves.</summary>
/// <remarks>A value of v ticks times lots is v * numerator / denominator quote units. An order's totals are rounded as
/// a
/// whole, up for what a buyer pays and down for what a seller gets; a fill moves the difference to the total before. So
/// slicing gains nothing, and what the venue keeps is never negative.</remarks>
internal readonly struct Terms
{
    /// <summary>Basis points of the whole.</summary>
    public const int WholeBps = 10_000;

    // With it no product below leaves 128 bits: 2^64 units * 10^12 * 20,000 is less than 2^119.
    private const long MaxDenominator = 1_000_000_000_000;

    private readonly long _numerator;
    private readonly long _denominator;
    private readonly long _fastFeeValue;
    private readonly long _largestValue; // Of those that fit 64 bits in quote units.
    private readonly long _fastValue; // Up to it, units with any fee fit 64 bits; negative for fractions.

    private Terms(long numerator, long denominator, long lotUnits)
    {
        _numerator = numerator;
        _denominator = denominator;
        _fastFeeValue = (long.MaxValue / numerator) - WholeBps;
        _largestValue = (long)Int128.Min(long.MaxValue, (Int128)long.MaxValue * denominator / numerator);
        _fastValue = denominator == 1 ? (long.MaxValue / (2 * WholeBps) / numerator) - 1 : -1;
        LotUnits = lotUnits;
    }

    /// <summary>Base units of one lot.</summary>
    public long LotUnits { get; }

    /// <summary>Quote units that one tick of one lot is worth; 0 when that is a fraction.</summary>
    public long TickUnits => _denominator == 1 ? _numerator : 0;

    /// <summary>Works the terms out.</summary>
    /// <returns>None, or TickSizeInvalid or LotSizeInvalid.</returns>
    public static RejectReason TryCreate(
        DecimalSize tick, DecimalSize lot, int baseScale, int quoteScale, out Terms terms)
    {
        terms = default;
        if (!IsValid(tick))
        {
            return RejectReason.TickSizeInvalid;
        }

        if (!IsValid(lot)
            || !TryScale((UInt128)lot.Mantissa, baseScale - lot.Scale, out var lotUnits, out var parts) || parts != 1)
        {
            return RejectReason.LotSizeInvalid;
        }

        var product = (UInt128)tick.Mantissa * (UInt128)lot.Mantissa;
        if (!TryScale(product, quoteScale - tick.Scale - lot.Scale, out var numerator, out var denominator))
        {
            return RejectReason.TickSizeInvalid;
        }

        terms = new Terms(numerator, denominator, lotUnits);
        return RejectReason.None;
    }

    /// <summary>Price times lots; false when it leaves 64 bits.</summary>
    public static bool TryValue(long price, long lots, out long value)
    {
        if ((ulong)(price | lots) <= int.MaxValue)
        {
            value = price * lots;
            return true;
        }

        return Math.BigMul(price, lots, out value) == 0 && value >= 0;
    }

    /// <summary>Whether an order's whole value in quote units, were the rest to trade at this price, fits 64
    /// bits.</summary>
    public bool Fits(in Order order, long restValue) =>
        (order.FilledValue + restValue) * _numerator <= (Int128)long.MaxValue * _denominator;

    /// <summary>Whether lots at a price are worth less than so many quote units.</summary>
    public bool IsWorthLess(long price, long lots, long units) =>
        TryValue(price, lots, out var value) && (Int128)value * _numerator < (Int128)units * _denominator;

    /// <summary>What a new order must hold, were it to trade at this value with this fee; a sell holds what it
    /// sells.</summary>
    /// <returns>-1 when only <see cref="TryHold"/> can say that, or it leaves 64 bits.</returns>
    public long Hold(Side side, long value, int feeBps, long sold)
    {
        // Both sides are worked out, and one is chosen without a branch: which it is no processor can guess.
        var units = value * _numerator;
        if (feeBps > 0)
        {
            units += ((units * feeBps) + WholeBps - 1) / WholeBps;
        }

        return value <= side.Choose(_fastValue, _largestValue) ? side.Choose(units, sold) : -1;
    }

    /// <summary>As <see cref="Hold"/>, for any value.</summary>
    /// <returns>False when that leaves 64 bits.</returns>
    public bool TryHold(Side side, long value, int feeBps, long sold, out long held)
    {
        held = Hold(side, value, feeBps, sold);
        return held >= 0 || (side == Side.Buy && TryReserveExactly(value, Math.Max(0, feeBps), out held));
    }

    /// <summary>Apart, so that the order it takes up does not cost the others anything.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReserveExactly(long value, int feeBps, out long reserve) =>
        TryReserve(new Order { MakerFeeBps = (short)feeBps }, value, out reserve);

    /// <summary>What a buy must hold beyond what it has paid, were the rest to trade at this value with its highest
    /// fee.</summary>
    /// <returns>False when that leaves 64 bits.</returns>
    public bool TryReserve(in Order order, long restValue, out long reserve)
    {
        reserve = 0;
        if (!Fits(in order, restValue))
        {
            return false;
        }

        var feeBps = order.MaxFeeBps;
        var worst = TotalPaid(order.FilledValue + restValue, order.FeeValue + ((Int128)restValue * feeBps));
        if (worst > long.MaxValue)
        {
            return false;
        }

        reserve = (long)(worst - TotalPaid(order.FilledValue, order.FeeValue));
        return true;
    }

    /// <summary>As <see cref="TryReserve(in Order, long, out long)"/> for an accepted order that has traded: it only
    /// shrinks, so it fits.</summary>
    /// <param name="order">The order.</param>
    /// <param name="ofSell">What it is where the order sells.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Reserve(in Order order, long ofSell) =>
        _denominator == 1 && order is { MakerFeeBps: <= 0, TakerFeeBps: <= 0 }
            ? order.Side.Choose(order.Price * order.Remaining * _numerator, ofSell)
            : order.Side == Side.Sell ? ofSell
            : order.Remaining == 0 ? 0
            : ReserveWithFees(in order);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ReserveWithFees(in Order order)
    {
        var restValue = order.Price * order.Remaining;
        var worst = TotalPaid(order.FilledValue + restValue, order.FeeValue + ((Int128)restValue * order.MaxFeeBps));
        return (long)(worst - TotalPaid(order.FilledValue, order.FeeValue));
    }

    /// <summary>Books one fill in the order's exact totals.</summary>
    /// <param name="order">One of the two orders.</param>
    /// <param name="value">Price times lots of the fill.</param>
    /// <param name="feeBps">This side's fee; negative is a rebate.</param>
    /// <param name="fee">This side's fee in quote units.</param>
    /// <returns>Quote units that a buyer pays or a seller gets, fee included.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Settle(ref Order order, long value, int feeBps, out long fee)
    {
        if (feeBps != 0 || _denominator != 1)
        {
            return SettleWithFee(ref order, value, feeBps, out fee);
        }

        order.FilledValue += (ulong)value; // So nothing is worked out about its sign: it has none.
        fee = 0;
        return value * _numerator;
    }

    /// <summary>Most lots at a price that keep the total paid within a budget.</summary>
    public long AffordableLots(in Order buy, long price, int feeBps, long budget)
    {
        var left = ((Int128)budget * _denominator * WholeBps)
            - (((buy.FilledValue * WholeBps) + buy.FeeValue) * _numerator);
        var perLot = (Int128)price * (WholeBps + feeBps) * _numerator;
        var lots = perLot == 0 ? long.MaxValue : left / perLot;
        return lots >= long.MaxValue ? long.MaxValue : (long)lots;
    }

    /// <summary>What a buyer has paid in all: rounded up, so no less than it is worth.</summary>
    public Int128 TotalPaid(Int128 filledValue, Int128 feeValue) => _denominator == 1
        ? (filledValue * _numerator) + FeeUnits(feeValue)
        : CeilingOf(((filledValue * WholeBps) + feeValue) * _numerator, (Int128)_denominator * WholeBps);

    private Int128 TotalReceived(Int128 filledValue, Int128 feeValue) =>
        FloorOf(((filledValue * WholeBps) - feeValue) * _numerator, (Int128)_denominator * WholeBps);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long SettleWithFee(ref Order order, long value, int feeBps, out long fee)
    {
        var isBuy = order.Side == Side.Buy;
        if (_denominator != 1)
        {
            return SettleFraction(ref order, isBuy, value, feeBps, out fee);
        }

        var before = FeeUnits(order.FeeValue);
        order.FilledValue += value;
        order.FeeValue += (Int128)value * feeBps;
        fee = (long)(FeeUnits(order.FeeValue) - before);
        return (value * _numerator) + (isBuy ? fee : -fee);
    }

    private long SettleFraction(ref Order order, bool isBuy, long value, int feeBps, out long fee)
    {
        var (filled, fees) = (order.FilledValue, order.FeeValue);
        order.FilledValue += value;
        order.FeeValue += (Int128)value * feeBps;
        var worth = (long)(FloorOf(order.FilledValue * _numerator, _denominator)
            - FloorOf(filled * _numerator, _denominator));
        if (isBuy)
        {
            var paid = (long)(TotalPaid(order.FilledValue, order.FeeValue) - TotalPaid(filled, fees));
            fee = paid - worth;
            return paid;
        }

        var received = (long)(TotalReceived(order.FilledValue, order.FeeValue) - TotalReceived(filled, fees));
        fee = worth - received;
        return received;
    }

    /// <summary>Fees of whole-unit instruments, rounded up: in the venue's favour for both sides and for
    /// rebates.</summary>
    private Int128 FeeUnits(Int128 feeValue)
    {
        if (feeValue <= _fastFeeValue && feeValue >= -_fastFeeValue)
        {
            var product = (long)feeValue * _numerator;
            return product > 0 ? (product + WholeBps - 1) / WholeBps : product / WholeBps;
        }

        return CeilingOf(feeValue * _numerator, WholeBps);
    }

    private static Int128 CeilingOf(Int128 dividend, Int128 divisor) =>
        dividend > 0 ? FloorOf(dividend + divisor - 1, divisor) : dividend / divisor;

    /// <summary>Of a dividend that is not negative. 64-bit division where it serves: 128-bit division is ten times
    /// dearer.</summary>
    private static Int128 FloorOf(Int128 dividend, Int128 divisor) =>
        dividend <= ulong.MaxValue && divisor <= ulong.MaxValue ? (ulong)dividend / (ulong)divisor : dividend / divisor;

    private static bool IsValid(DecimalSize size) =>
        size.Mantissa is > 0 and < 1_000_000_000_000_000_000 && size.Scale is >= 0 and <= 12;

    /// <summary>Writes mantissa times ten to the exponent as a reduced fraction; false when it leaves the
    /// ranges.</summary>
    private static bool TryScale(UInt128 mantissa, int exponent, out long numerator, out long denominator)
    {
        (numerator, denominator) = (0, 0);
        UInt128 power = 1;
        for (var digits = Math.Abs(exponent); digits > 0; digits--)
        {
            power *= 10;
        }

        var divisor = exponent < 0 ? power : 1;
        if (exponent > 0)
        {
            if (mantissa > (ulong)long.MaxValue / power)
            {
                return false;
            }

            mantissa *= power;
        }

        var common = GreatestCommonDivisor(mantissa, divisor);
        mantissa /= common;
        divisor /= common;
        if (mantissa > long.MaxValue || divisor > (UInt128)MaxDenominator)
        {
            return false;
        }

        (numerator, denominator) = ((long)mantissa, (long)divisor);
        return true;
    }

    private static UInt128 GreatestCommonDivisor(UInt128 a, UInt128 b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
