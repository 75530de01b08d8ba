using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Opens, halts or closes an instrument.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Status">The new status.</param>
/// <param name="CancelOpenOrders">Also cancels all that rests, in order of order id.</param>
/// <param name="ExpectedVersion">As in <see cref="UpdateInstrument"/>.</param>
public readonly record struct SetInstrumentStatus(
    InstrumentId Instrument,
    InstrumentStatus Status,
    bool CancelOpenOrders,
    long ExpectedVersion);
