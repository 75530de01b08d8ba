using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Roles as clients see them: words, in the order of their numbers.</summary>
internal static class RoleText
{
    private static readonly (Roles Role, string Word)[] Words =
    [
        (Roles.Admin, "admin"), (Roles.Operator, "operator"), (Roles.Auditor, "auditor"), (Roles.User, "user"),
    ];

    /// <summary>All words there are.</summary>
    public static string All { get; } = string.Join(", ", Words.Select(word => word.Word));

    public static string[] Of(Roles roles) =>
        [.. Words.Where(word => roles.HasFlag(word.Role)).Select(word => word.Word)];

    /// <summary>Null where a word is none of them, or given twice.</summary>
    public static Roles? ToRoles(IReadOnlyCollection<string> words)
    {
        var roles = Roles.None;
        foreach (var given in words)
        {
            var found = Array.Find(Words, word => word.Word == given).Role;
            if (found == Roles.None || roles.HasFlag(found))
            {
                return null;
            }

            roles |= found;
        }

        return roles;
    }
}
