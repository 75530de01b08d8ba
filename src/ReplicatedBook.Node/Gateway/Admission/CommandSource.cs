using System.Net;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>On whose behalf a command comes, as far as that is known; commands of one source share one turn.</summary>
/// <param name="Account">The account that it names; 0 for none.</param>
/// <param name="Address">Where it came from, when it names no account; null for this machine itself.</param>
/// <remarks>Until there are users, the account stands for its user.</remarks>
internal readonly record struct CommandSource(AccountId Account, IPAddress? Address)
{
    /// <summary>The source of a command that names an account, or else comes from an address.</summary>
    public static CommandSource Of(AccountId account, IPAddress? address) =>
        account.Value != 0 ? new CommandSource(account, null) : new CommandSource(default, address);
}
