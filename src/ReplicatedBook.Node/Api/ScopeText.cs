using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Scopes as clients see them: words, in the order of their numbers.</summary>
internal static class ScopeText
{
    private static readonly (Scopes Scope, string Word)[] Words = [(Scopes.Read, "read"), (Scopes.Trade, "trade")];

    public static string[] Of(Scopes scopes) =>
        [.. Words.Where(word => scopes.HasFlag(word.Scope)).Select(word => word.Word)];

    /// <summary>Null where a word is none of them, or given twice.</summary>
    public static Scopes? ToScopes(IReadOnlyCollection<string> words)
    {
        var scopes = Scopes.None;
        foreach (var given in words)
        {
            var found = Array.Find(Words, word => word.Word == given).Scope;
            if (found == Scopes.None || scopes.HasFlag(found))
            {
                return null;
            }

            scopes |= found;
        }

        return scopes;
    }
}
