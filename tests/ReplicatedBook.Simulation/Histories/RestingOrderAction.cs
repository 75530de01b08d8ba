namespace ReplicatedBook.Simulation.Histories;

/// <summary>One operation on an order id over which clients may fight.</summary>
/// <param name="Verb">What was asked.</param>
/// <param name="Content">What a client wants to place, never 0; 0 for the others.</param>
/// <param name="Answer">What it was told.</param>
/// <param name="Shown">The order that the answer showed, as it is after the operation; null when it showed
/// none.</param>
internal readonly record struct RestingOrderAction(
    OrderVerb Verb, long Content, OrderAnswer Answer, RestingOrder? Shown);
