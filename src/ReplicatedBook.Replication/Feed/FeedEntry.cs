using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Replication.Feed;

/// <summary>The events of one entry.</summary>
/// <param name="Index">Log index.</param>
/// <param name="Term">Its term.</param>
/// <param name="At">Its cluster time.</param>
/// <param name="Events">Bytes for EventCodec; not changed after creation.</param>
public readonly record struct FeedEntry(long Index, long Term, Timestamp At, ReadOnlyMemory<byte> Events);
