using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Ends a session of the sender's orders: after its grace what is still open of them is canceled.</summary>
/// <param name="Session">Which.</param>
public readonly record struct CloseOrderSession(OrderSessionId Session);
