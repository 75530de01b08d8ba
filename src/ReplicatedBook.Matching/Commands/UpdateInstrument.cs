using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Changes the fees and rules of an instrument, for orders accepted from now on: open ones keep what was
/// reserved for them.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="MakerFeeBps">As in <see cref="ListInstrument"/>.</param>
/// <param name="TakerFeeBps">As in <see cref="ListInstrument"/>.</param>
/// <param name="ExpectedVersion">Refused unless the instrument still has this version; 0 for any.</param>
public readonly record struct UpdateInstrument(
    InstrumentId Instrument,
    int MakerFeeBps,
    int TakerFeeBps,
    long ExpectedVersion)
{
    /// <summary>What it demands of orders from now on; null leaves that as it is, and so does
    /// <see cref="OrderRules.Unchanged"/> for one value.</summary>
    public OrderRules? Rules { get; init; }
}
