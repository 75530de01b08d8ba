namespace ReplicatedBook.Contracts.Http;

/// <summary>What an account holds, or held, of one outcome. Fees are in none of the numbers.</summary>
/// <param name="Instrument">Trades its shares.</param>
/// <param name="MarketId">Its market.</param>
/// <param name="Outcome">Its id there.</param>
/// <param name="Quantity">Shares, what open orders hold included.</param>
/// <param name="Reserved">Of them those that open orders hold.</param>
/// <param name="AveragePrice">What one cost, rounded half to even to the price scale; absent without shares.</param>
/// <param name="Cost">What all of them cost.</param>
/// <param name="RealizedPnl">What former shares brought beyond their cost.</param>
/// <param name="MarkPrice">What one is valued at: the middle of best bid and best ask, else the one that there is;
/// absent, and worth nothing, without either. One digit more than a price.</param>
/// <param name="Value">What they are worth at it, rounded down.</param>
/// <param name="UnrealizedPnl">Value less cost.</param>
/// <param name="Collateral">The asset of all these amounts.</param>
public sealed record PositionResponse(
    string Instrument,
    string MarketId,
    string Outcome,
    string Quantity,
    string Reserved,
    string? AveragePrice,
    string Cost,
    string RealizedPnl,
    string? MarkPrice,
    string Value,
    string UnrealizedPnl,
    string Collateral);
