using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Events;

/// <summary>An order was refused and had no effect.</summary>
/// <param name="Account">Who asked; 0 when unknown.</param>
/// <param name="ClientOrderId">As given; may be empty.</param>
/// <param name="Instrument">As given.</param>
/// <param name="Reason">Why.</param>
public readonly record struct OrderRejected(
    AccountId Account,
    ClientOrderId ClientOrderId,
    InstrumentId Instrument,
    Commands.RejectReason Reason);
