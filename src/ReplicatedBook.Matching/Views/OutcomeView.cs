using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>An outcome as readers see it; prices are in its own terms.</summary>
/// <param name="Id">As given.</param>
/// <param name="Title">As given.</param>
/// <param name="Instrument">Trades its shares.</param>
/// <param name="Asset">Its shares.</param>
/// <param name="Supply">Shares there are, in lots.</param>
/// <param name="LastPrice">Price of the last trade; null before the first.</param>
/// <param name="BestBid">Null when there is none.</param>
/// <param name="BestAsk">Null when there is none.</param>
/// <param name="Payout">Once it is resolved: parts of a unit that a share pays, of as many as
/// <see cref="PredictionMarketView.PayoutDenominator"/> says.</param>
public sealed record OutcomeView(
    string Id,
    string Title,
    InstrumentId Instrument,
    AssetId Asset,
    Quantity Supply,
    Price? LastPrice,
    Price? BestBid,
    Price? BestAsk,
    long Payout);
