namespace ReplicatedBook.Benchmarks.Matching;

/// <summary>An order in a book.</summary>
internal readonly record struct RestingOrder(bool IsBuy, long Price, long Order, long Lots);
