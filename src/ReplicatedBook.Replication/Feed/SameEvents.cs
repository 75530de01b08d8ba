using System.Diagnostics.CodeAnalysis;

namespace ReplicatedBook.Replication.Feed;

/// <summary>Entries of the feed are the same when their events are, byte for byte.</summary>
internal sealed class SameEvents : IEqualityComparer<FeedEntry>
{
    public static readonly SameEvents Instance = new();

    public bool Equals(FeedEntry x, FeedEntry y) =>
        x.Index == y.Index && x.Term == y.Term && x.At == y.At && x.Events.Span.SequenceEqual(y.Events.Span);

    public int GetHashCode([DisallowNull] FeedEntry obj) => obj.Index.GetHashCode();
}
