using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.MarketData;

/// <summary>Whose private channel it is: of one account, or of all accounts of a user.</summary>
/// <param name="User">Whose accounts, where no account is named.</param>
/// <param name="Account">The account that is named; 0 for none.</param>
internal readonly record struct OwnScope(UserId User, AccountId Account)
{
    /// <summary>The accounts there are now; for queries.</summary>
    public IReadOnlyList<AccountId> AccountsIn(Exchange exchange) =>
        Account.Value == 0 ? exchange.AccountsOf(User) : [Account];

    /// <summary>Who sees what concerns these accounts and nothing else.</summary>
    /// <param name="accounts">Those there are now.</param>
    public FeedViewer Viewer(IReadOnlyList<AccountId> accounts) =>
        new(Account.Value == 0 ? User : Nobody, accounts.Select(account => account.Value));

    private static readonly UserId Nobody = new(-1);
}
