namespace ReplicatedBook.Node.Api.Http;

/// <summary>One item of the feed, ready to be sent.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Sequence">Position among the events of the entry.</param>
/// <param name="Type">What happened.</param>
/// <param name="Json">The item as a JSON object.</param>
internal readonly record struct FeedJson(long Index, int Sequence, string Type, ReadOnlyMemory<byte> Json);
