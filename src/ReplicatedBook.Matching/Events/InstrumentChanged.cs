using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An instrument was listed, or its fees or status changed.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Status">Its status now.</param>
/// <param name="MakerFeeBps">Its maker fee now.</param>
/// <param name="TakerFeeBps">Its taker fee now.</param>
public readonly record struct InstrumentChanged(
    InstrumentId Instrument,
    InstrumentStatus Status,
    int MakerFeeBps,
    int TakerFeeBps);
