namespace ReplicatedBook.Simulation.Histories;

/// <summary>An order that matches with nothing.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Content">What tells it from other orders with the same id, such as its quantity; 0 while
/// absent.</param>
internal readonly record struct RestingOrder(OrderPhase Phase, long Content);
