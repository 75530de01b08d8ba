using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Lists of words that stand for several things at once.</summary>
internal static class WordList
{
    /// <summary>Null where a word is no role, or given twice.</summary>
    public static Roles? ToRoles(IReadOnlyList<string> words)
    {
        var roles = Roles.None;
        foreach (var word in words)
        {
            if (EnumText.ToRole(word) is not { } role || roles.HasFlag(role))
            {
                return null;
            }

            roles |= role;
        }

        return roles;
    }

    /// <summary>Null where a word is no scope, or given twice.</summary>
    public static Scopes? ToScopes(IReadOnlyList<string> words)
    {
        var scopes = Scopes.None;
        foreach (var word in words)
        {
            if (EnumText.ToScope(word) is not { } scope || scopes.HasFlag(scope))
            {
                return null;
            }

            scopes |= scope;
        }

        return scopes;
    }
}
