using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Follows what concerns accounts.</summary>
internal sealed class OwnTopics(
    MarketPump pump, FollowedTopics topics, IReplicaReader reader, NodeSettings settings)
{
    public FollowedTopics Topics => topics;

    public IReplicaReader Reader => reader;

    /// <summary>Follows one account, or all of a user's.</summary>
    public ValueTask<Lease<EntryTopic>> FollowAsync(OwnScope scope, CancellationToken cancellation) =>
        scope.Account.Value != 0
            ? topics.FollowAsync(TopicKind.Account, scope.Account.Value, cancellation)
            : pump.FollowAsync<EntryTopic>(
                new TopicKey(TopicKind.User, scope.User.Value),
                () => new UserTopic(scope.User, settings.Feed.MaxFollowedBytes, reader), cancellation);
}
