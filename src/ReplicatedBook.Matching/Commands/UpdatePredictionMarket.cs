using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Changes what an event says to people, and when its market closes. Null leaves a value as it is. Fees and
/// rules are those of its instruments (<see cref="UpdateInstrument"/>).</summary>
/// <param name="Market">Which.</param>
/// <param name="Title">As when it was created.</param>
/// <param name="Category">As when it was created.</param>
/// <param name="Description">As when it was created.</param>
/// <param name="ClosesAt">When it closes by itself; 0 for never. Not once it is closed.</param>
/// <param name="ExpectedVersion">Refused if the market has changed since; 0 for any.</param>
public readonly record struct UpdatePredictionMarket(
    PredictionMarketId Market,
    string? Title,
    string? Category,
    string? Description,
    Timestamp? ClosesAt,
    long ExpectedVersion);
