using System.Collections.Concurrent;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Gateway;

/// <content>Betting markets.</content>
internal sealed partial class Catalog
{
    private readonly ConcurrentDictionary<BettingMarketId, BettingTerms> _betting = new();

    /// <summary>Null when it is not known here yet.</summary>
    public BettingTerms? FindBetting(BettingMarketId id) => _betting.GetValueOrDefault(id);

    /// <summary>Keeps a betting market that was read elsewhere.</summary>
    public BettingTerms Keep(BettingMarketView view)
    {
        Keep(view.Currency);
        return _betting.GetOrAdd(view.Id, static (_, seen) => new BettingTerms(seen), view);
    }
}
