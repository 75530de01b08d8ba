namespace ReplicatedBook.Agents.Running;

/// <summary>What agents need before they can trade.</summary>
/// <param name="Symbol">Of the instrument.</param>
/// <param name="Base">What is bought and sold.</param>
/// <param name="BaseScale">Its digits after the point, where it is new.</param>
/// <param name="Quote">What is paid.</param>
/// <param name="QuoteScale">Its digits after the point, where it is new.</param>
/// <param name="Tick">Step of prices, where the instrument is new.</param>
/// <param name="Lot">Step of quantities, where the instrument is new.</param>
/// <param name="Labels">Of the accounts.</param>
public sealed record VenueSettings(
    string Symbol, string Base, int BaseScale, string Quote, int QuoteScale, decimal Tick, decimal Lot,
    IReadOnlyList<string> Labels);
