using System.Net;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security;

/// <summary>Who makes a request, as it was established before any route is entered.</summary>
/// <param name="User">0 is the local user of a node without authentication, or nobody.</param>
/// <param name="Roles">Of the user at this moment; all of them for the local user, none for nobody.</param>
/// <param name="Scopes">Of the credential.</param>
/// <param name="Origin">Where the request came from; null where no address is known.</param>
internal sealed record Caller(UserId User, Roles Roles, Scopes Scopes, IPAddress? Origin)
{
    /// <summary>The session of its access token; 0 for API keys and the local user.</summary>
    public SessionId Session { get; init; }

    /// <summary>Whether a credential was given and holds, or none is needed on this node.</summary>
    public bool IsKnown => Roles != Roles.None;

    /// <summary>Whether it is everyone on a node without authentication.</summary>
    public bool IsLocal => IsKnown && User.Value == 0;

    /// <summary>Whether it may read what belongs to others.</summary>
    public bool ReadsAll => (Roles & (Roles.Admin | Roles.Auditor)) != 0;

    /// <summary>Whether something of this user's is the caller's own. The local user owns everything.</summary>
    public bool Owns(UserId user) => IsKnown && (User == user || User.Value == 0);

    /// <summary>Whether who is judged again is the same and may see the same: a stream that was begun goes
    /// on.</summary>
    public bool IsStill(Caller now) => now.IsKnown && now.User == User && now.ReadsAll == ReadsAll;

    /// <summary>Everyone on a node without authentication.</summary>
    public static Caller Local(IPAddress? origin) => new(
        default, Roles.Admin | Roles.Operator | Roles.Auditor | Roles.User, Scopes.Read | Scopes.Trade, origin);

    /// <summary>Who gave no credential that holds.</summary>
    public static Caller Nobody(IPAddress? origin) => new(default, Roles.None, Scopes.None, origin);
}
