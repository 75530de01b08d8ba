using System.Net;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security;

/// <summary>Who makes a request, as it was established before any route is entered.</summary>
/// <param name="User">0 is the local user of a node without authentication, or nobody.</param>
/// <param name="Roles">Of the user at this moment; those of Admin, Operator and Auditor for the local user.</param>
/// <param name="Scopes">Of the credential.</param>
/// <param name="Origin">Where the request came from; null where no address is known.</param>
internal sealed record Caller(UserId User, Roles Roles, Scopes Scopes, IPAddress? Origin)
{
    /// <summary>Whether a credential was given and holds, or none is needed on this node.</summary>
    public bool IsKnown => Roles != Roles.None;

    /// <summary>Whether it may read what belongs to others.</summary>
    public bool ReadsAll => (Roles & (Roles.Admin | Roles.Auditor)) != 0;

    /// <summary>Whether something of this user's is the caller's own. The local user owns everything.</summary>
    public bool Owns(UserId user) => User == user || (User.Value == 0 && IsKnown);
}
