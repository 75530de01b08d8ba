using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>A read's answer, or why there is none.</summary>
/// <param name="Reading">The answer with its position; only without a failure.</param>
/// <param name="Failure">Null when it was answered.</param>
internal readonly record struct ReadAnswer<T>(Reading<T> Reading, ReadFailure? Failure);
