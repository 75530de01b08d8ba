namespace ReplicatedBook.Matching.Book;

/// <summary>An image of one side of a book.</summary>
/// <param name="Count">Orders.</param>
/// <param name="Oldest">By level, the best first: slot of its oldest order.</param>
internal sealed record FrozenSide(int Count, int[] Oldest);
