using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>A reader of the feed who sees what is public, and what concerns their own accounts. One reader uses it, one
/// entry after another.</summary>
/// <param name="user">Who.</param>
/// <param name="own">Their accounts at the latest entry that was there when they began.</param>
internal sealed class FeedViewer(UserId user, IEnumerable<long> own)
{
    private readonly HashSet<long> _own = [.. own];

    /// <summary>Whether an account is theirs.</summary>
    public bool Sees(AccountId account) => _own.Contains(account.Value);

    /// <summary>An account was opened.</summary>
    public void Opened(AccountId account, UserId owner)
    {
        if (owner == user)
        {
            _own.Add(account.Value);
        }
    }
}
