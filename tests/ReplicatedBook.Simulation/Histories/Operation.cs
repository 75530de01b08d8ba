namespace ReplicatedBook.Simulation.Histories;

/// <summary>One operation of one client on one object.</summary>
/// <typeparam name="TAction">What was asked and what was answered, in the terms of a model.</typeparam>
/// <param name="Client">Who; only told in reports.</param>
/// <param name="Begun">When it was first sent, on the one monotonic clock of all clients.</param>
/// <param name="Ended">When its answer was there; at least <paramref name="Begun"/>. Without meaning unless it was
/// answered.</param>
/// <param name="Ending">What is known of it.</param>
/// <param name="Action">What was asked and what was answered.</param>
internal readonly record struct Operation<TAction>(
    int Client, long Begun, long Ended, Ending Ending, TAction Action);
