using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Security;

/// <summary>Whose objects a caller may read: the one place where reads ask. What is somebody else's is as if it were
/// not there.</summary>
/// <remarks>Commands are judged by the exchange itself, by the user in their header.</remarks>
internal static class Ownership
{
    /// <summary>An account that the caller may read; null when there is none.</summary>
    public static AccountView? AccountFor(this Exchange exchange, Caller caller, AccountId account) =>
        exchange.FindAccount(account) is { } found && (caller.ReadsAll || caller.Owns(found.User)) ? found : null;

    /// <summary>Whether there is such an account that the caller may read.</summary>
    public static bool Shows(this Exchange exchange, Caller caller, AccountId account) =>
        exchange.AccountFor(caller, account) is not null;

    /// <summary>An order that the caller may read.</summary>
    public static OrderView? OrderFor(this Exchange exchange, Caller caller, OrderId order) =>
        exchange.FindOrder(order) is { } found && exchange.Shows(caller, found.Account) ? found : null;

    /// <summary>A bet that the caller may read.</summary>
    public static BetView? BetFor(this Exchange exchange, Caller caller, OrderId bet) =>
        exchange.FindBet(bet) is { } found && exchange.Shows(caller, found.Account) ? found : null;

    /// <summary>An order of the caller's own, so that a command may act on it.</summary>
    public static OrderView? OwnOrder(this Exchange exchange, Caller caller, OrderId order) =>
        exchange.FindOrder(order) is { } found && exchange.IsOwn(caller, found.Account) ? found : null;

    /// <summary>A bet of the caller's own.</summary>
    public static BetView? OwnBet(this Exchange exchange, Caller caller, OrderId bet) =>
        exchange.FindBet(bet) is { } found && exchange.IsOwn(caller, found.Account) ? found : null;

    /// <summary>The account of the caller's own that is meant, by the rule of commands: without a name the only one.
    /// 0 when there is none.</summary>
    public static AccountId OwnAccount(this Exchange exchange, Caller caller, AccountId named) =>
        named.Value == 0 ? exchange.OnlyAccount(caller) : exchange.IsOwn(caller, named) ? named : default;

    /// <summary>The only account of the caller; 0 when there is not exactly one.</summary>
    public static AccountId OnlyAccount(this Exchange exchange, Caller caller) =>
        caller.IsLocal ? new AccountId(exchange.AccountCount == 1 ? 1 : 0)
        : exchange.OwnAccounts(caller) is [var only] ? new AccountId(only)
        : default;

    /// <summary>The numbers of the caller's own accounts, ascending.</summary>
    public static IReadOnlyList<long> OwnAccounts(this Exchange exchange, Caller caller) =>
        [.. exchange.AccountsOf(caller.User).Select(account => account.Value)];

    private static bool IsOwn(this Exchange exchange, Caller caller, AccountId account) =>
        exchange.FindAccount(account) is { } found && caller.Owns(found.User);
}
