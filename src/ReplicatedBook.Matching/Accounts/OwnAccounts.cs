using System.Runtime.CompilerServices;

namespace ReplicatedBook.Matching.Accounts;

/// <summary>The accounts whose orders an order does not trade with by mistake: its own, and its user's
/// others.</summary>
/// <param name="ledger">Where they are.</param>
/// <param name="account">The order's.</param>
/// <param name="user">Its user; 0 where the user has no others, so that most orders look at no other account.</param>
internal readonly struct OwnAccounts(Ledger ledger, int account, long user)
{
    /// <summary>Whether an account is one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int other) => other == account || (user != 0 && ledger.Account(other).User == user);
}
