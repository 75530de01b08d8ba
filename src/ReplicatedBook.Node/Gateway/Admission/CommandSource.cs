using System.Net;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>On whose behalf a command comes, as far as that is known; commands of one source share one turn.</summary>
/// <param name="Account">The account that it names, where there is no user; 0 for none.</param>
/// <param name="Address">Where it came from, when it has neither user nor account; null for this machine
/// itself.</param>
/// <remarks>Without authentication the account stands for its user.</remarks>
internal readonly record struct CommandSource(AccountId Account, IPAddress? Address)
{
    /// <summary>Who sends it; 0 for none.</summary>
    public UserId User { get; init; }

    /// <summary>The source of a command of a user, or that names an account, or else comes from an address.</summary>
    public static CommandSource Of(UserId user, AccountId account, IPAddress? address) =>
        user.Value != 0 ? new CommandSource(default, null) { User = user }
        : account.Value != 0 ? new CommandSource(account, null) : new CommandSource(default, address);
}
