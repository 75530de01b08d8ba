using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>What an account holds of one outcome, and what came of what it held. Fees are in none of the
/// numbers.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Market">Which market.</param>
/// <param name="Outcome">The outcome's place in it, from 0.</param>
/// <param name="Instrument">Trades its shares.</param>
/// <param name="Quantity">Shares, in lots, what open orders hold included.</param>
/// <param name="Reserved">Of them those that open orders hold.</param>
/// <param name="Cost">What they cost, in units of the collateral: divided by the quantity it is the average
/// price.</param>
/// <param name="Realized">What former shares brought beyond their cost, in units of the collateral.</param>
/// <param name="MarkHalfTicks">Twice the price they are valued at, in ticks: the middle of best bid and best ask, else
/// the one that there is, else nothing.</param>
/// <param name="Value">What they are worth at it, rounded down, in units of the collateral.</param>
public sealed record PositionView(
    AccountId Account,
    PredictionMarketId Market,
    int Outcome,
    InstrumentId Instrument,
    Quantity Quantity,
    Quantity Reserved,
    Amount Cost,
    Int128 Realized,
    long MarkHalfTicks,
    Amount Value)
{
    /// <summary>What they would bring beyond their cost.</summary>
    public Amount Unrealized => new(Value.Units - Cost.Units);
}
