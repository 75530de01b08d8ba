using System.Runtime.CompilerServices;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>Slots of an account's balances of an instrument's two assets.</summary>
/// <param name="Quote">Of the quote asset, which a buy gives.</param>
/// <param name="Base">Of the base asset, which a sell gives.</param>
internal readonly record struct BalanceSlots(int Quote, int Base)
{
    /// <summary>The one that an order of a side gives from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GivenBy(Side side)
    {
        var (ofBuy, ofSell) = (Quote, Base); // Both are read: which it is no processor can guess.
        return side == Side.Buy ? ofBuy : ofSell;
    }

    /// <summary>The one that gets what an order of a side trades for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int GottenBy(Side side)
    {
        var (ofBuy, ofSell) = (Base, Quote);
        return side == Side.Buy ? ofBuy : ofSell;
    }
}
