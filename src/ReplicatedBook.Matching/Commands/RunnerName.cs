using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>One that may win, as it is called.</summary>
/// <param name="Id">Unique in its market; chosen by the caller.</param>
/// <param name="Name">For people: printable ASCII, 1 to 64 characters.</param>
public readonly record struct RunnerName(RunnerId Id, string Name);
