using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>Which roles and scopes there are, and how long a retired signing key is kept at least.</summary>
internal static class IdentityRules
{
    /// <summary>Every role.</summary>
    public const Roles AllRoles = Roles.Admin | Roles.Operator | Roles.Auditor | Roles.User;

    /// <summary>Every scope.</summary>
    public const Scopes AllScopes = Scopes.Read | Scopes.Trade;

    /// <summary>Microseconds for which a retired signing key is kept even where there is no room for another: four
    /// times the life of the tokens it may have signed (API.md 2.1).</summary>
    public const long MinRetiredAge = 3_600_000_000;

    /// <summary>Whether this is at least one role, and none that there is not.</summary>
    public static bool AreValid(Roles roles) => roles is > Roles.None and <= AllRoles;

    /// <summary>Whether this is at least one scope, and none that there is not.</summary>
    public static bool AreValid(Scopes scopes) => scopes is > Scopes.None and <= AllScopes;
}
