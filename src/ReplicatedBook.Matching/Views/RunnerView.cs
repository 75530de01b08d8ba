using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Views;

/// <summary>One that may win.</summary>
/// <param name="Id">Its number in its market.</param>
/// <param name="Name">For people.</param>
/// <param name="IsRemoved">Whether it was removed: no bets on it, and those matched are void.</param>
public sealed record RunnerView(RunnerId Id, string Name, bool IsRemoved);
