using ReplicatedBook.Node.Gateway;
using ReplicatedBook.Replication.Feed;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Items with all names: what an event names was created by an earlier event, so this node can look it
/// up.</summary>
internal static class FeedNames
{
    public static async ValueTask<IReadOnlyList<FeedJson>> NamedAsync(
        this Catalog catalog, FeedItems items, FeedEntry entry, CancellationToken cancellation)
    {
        if (items.Of(entry) is { } known)
        {
            return known;
        }

        await catalog.LoadAllAsync(cancellation);
        return items.Of(entry)
            ?? throw new InvalidOperationException($"entry {entry.Index} names something that does not exist");
    }
}
