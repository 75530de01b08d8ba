using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security;

/// <summary>Who may use a route (API.md 2); metadata of every endpoint.</summary>
/// <param name="IsPublic">Whether no credential is needed.</param>
/// <param name="Roles">Any one of them suffices; Admin covers Operator and Auditor. Ignored when public.</param>
/// <param name="Scopes">All that the credential must have.</param>
internal sealed record RoutePolicy(bool IsPublic, Roles Roles, Scopes Scopes)
{
    private const Roles Everyone = Roles.Admin | Roles.Operator | Roles.Auditor | Roles.User;

    /// <summary>P: everybody.</summary>
    public static RoutePolicy Public { get; } = new(true, Roles.None, Scopes.None);

    /// <summary>U: every signed-in user reads what is their own.</summary>
    public static RoutePolicy User { get; } = new(false, Everyone, Scopes.Read);

    /// <summary>U: every signed-in user changes how they sign in.</summary>
    public static RoutePolicy UserWrite { get; } = new(false, Everyone, Scopes.Trade);

    /// <summary>T: users act on their own accounts.</summary>
    public static RoutePolicy Trader { get; } = new(false, Roles.User, Scopes.Trade);

    /// <summary>A: changes users, money and markets.</summary>
    public static RoutePolicy Admin { get; } = new(false, Roles.Admin, Scopes.Trade);

    /// <summary>A: reads what only administrators see.</summary>
    public static RoutePolicy AdminRead { get; } = new(false, Roles.Admin, Scopes.Read);
}
