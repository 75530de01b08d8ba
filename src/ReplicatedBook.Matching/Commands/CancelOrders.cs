using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Takes all open orders out that fit, in order of order id.</summary>
/// <param name="Account">Whose; 0 for the only account there is.</param>
/// <param name="Instrument">Of this instrument; 0 for all.</param>
/// <param name="Side">Of this side; null for both.</param>
public readonly record struct CancelOrders(
    AccountId Account,
    InstrumentId Instrument,
    Side? Side);
