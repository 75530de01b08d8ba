namespace ReplicatedBook.Node.MarketData;

/// <summary>Something that can be followed.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">Which of these: the number of its id.</param>
internal readonly record struct TopicKey(TopicKind Kind, long Number);
