namespace ReplicatedBook.Node.Gateway;

/// <summary>Something looked up, or why it was not found.</summary>
/// <param name="Value">Set unless there is a failure.</param>
/// <param name="Failure">Null when it was found.</param>
internal readonly record struct Found<T>(T? Value, ReadFailure? Failure)
    where T : class;
