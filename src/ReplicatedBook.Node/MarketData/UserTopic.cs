using ReplicatedBook.Matching.Values;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.MarketData;

/// <summary>The entries that concern a user's accounts.</summary>
/// <param name="user">Who.</param>
/// <param name="maxBytes">Most bytes of events kept.</param>
/// <param name="reader">Says which accounts there are.</param>
internal sealed class UserTopic(UserId user, long maxBytes, IReplicaReader reader)
    : EntryTopic(new TopicKey(TopicKind.User, user.Value), maxBytes)
{
    /// <summary>Their accounts; the pump's. More come with the entries.</summary>
    public IReadOnlyList<AccountId> Accounts { get; private set; } = [];

    /// <inheritdoc/>
    public override async ValueTask StartAsync(long position)
    {
        var reading = await reader.ReadAsync(
            exchange => (AccountId[])[.. exchange.AccountsOf(user)], CancellationToken.None);
        Accounts = reading.Value;
        await base.StartAsync(position);
    }
}
