using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security.Rates;

namespace ReplicatedBook.Node.Security;

/// <summary>Who may use a route (API.md 2), and how often; metadata of every endpoint.</summary>
/// <param name="IsPublic">Whether no credential is needed.</param>
/// <param name="Roles">Any one of them suffices; Admin covers Operator and Auditor. Ignored when public.</param>
/// <param name="Scopes">All that the credential must have.</param>
/// <remarks>Whose objects a route may show or change is not said here: see <see cref="Ownership"/>.</remarks>
internal sealed record RoutePolicy(bool IsPublic, Roles Roles, Scopes Scopes)
{
    private const Roles Everyone = Roles.Admin | Roles.Operator | Roles.Auditor | Roles.User;

    /// <summary>What limits how often one user, or one address, may use it.</summary>
    public RateClass Rate { get; init; } = RateClass.Reads;

    /// <summary>P: everybody.</summary>
    public static RoutePolicy Public { get; } = new(true, Roles.None, Scopes.None);

    /// <summary>P, and as often as one likes: what supervisors ask.</summary>
    public static RoutePolicy Unlimited { get; } = Public with { Rate = RateClass.None };

    /// <summary>U: every signed-in user reads what is their own.</summary>
    public static RoutePolicy User { get; } = new(false, Everyone, Scopes.Read);

    /// <summary>U: every signed-in user changes how they sign in.</summary>
    public static RoutePolicy UserWrite { get; } = new(false, Everyone, Scopes.Trade)
    {
        Rate = RateClass.Credentials,
    };

    /// <summary>T: users act on their own accounts.</summary>
    public static RoutePolicy Trader { get; } = new(false, Roles.User, Scopes.Trade) { Rate = RateClass.Orders };

    /// <summary>A: changes users, money and markets.</summary>
    public static RoutePolicy Admin { get; } = new(false, Roles.Admin, Scopes.Trade) { Rate = RateClass.Admin };

    /// <summary>A: reads what only administrators see.</summary>
    public static RoutePolicy AdminRead { get; } = new(false, Roles.Admin, Scopes.Read);

    /// <summary>O: changes the cluster.</summary>
    public static RoutePolicy Operator { get; } = new(false, Roles.Operator, Scopes.Trade) { Rate = RateClass.Admin };

    /// <summary>O: reads what only operators see.</summary>
    public static RoutePolicy OperatorRead { get; } = new(false, Roles.Operator, Scopes.Read);

    /// <summary>O, R: reads where the cluster stands.</summary>
    public static RoutePolicy OperatorOrAuditor { get; } =
        new(false, Roles.Operator | Roles.Auditor, Scopes.Read);

    /// <summary>R: reads all.</summary>
    public static RoutePolicy Auditor { get; } = new(false, Roles.Auditor, Scopes.Read);

    /// <summary>Whether a caller may enter the route.</summary>
    public bool Allows(Caller caller) => IsPublic
        || ((Covered(caller.Roles) & Roles) != Roles.None && (caller.Scopes & Scopes) == Scopes);

    private static Roles Covered(Roles roles) =>
        (roles & Roles.Admin) == Roles.None ? roles : roles | Roles.Operator | Roles.Auditor;
}
