using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security;

/// <summary>Who may use a route (API.md 2); metadata of every endpoint.</summary>
/// <param name="IsPublic">Whether no credential is needed.</param>
/// <param name="Roles">Any one of them suffices; Admin covers Operator and Auditor. Ignored when public.</param>
/// <param name="Scopes">All that the credential must have.</param>
internal sealed record RoutePolicy(bool IsPublic, Roles Roles, Scopes Scopes)
{
    /// <summary>P: everybody.</summary>
    public static RoutePolicy Public { get; } = new(true, Roles.None, Scopes.None);
}
