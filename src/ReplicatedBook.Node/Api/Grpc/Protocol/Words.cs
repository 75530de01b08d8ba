using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>Enumerations of the proto files and the words that the HTTP interface has for them: SIDE_BUY is buy.</summary>
internal static partial class Words
{
    /// <summary>A word that no interface knows, so that it is refused with its field named.</summary>
    private const string Unknown = "unknown";

    /// <summary>The word of a value.</summary>
    /// <returns>Null for the value 0, which means that none was given.</returns>
    public static string? Of<T>(T value)
        where T : struct, Enum => Table<T>.Words.TryGetValue(value, out var word) ? word : Unknown;

    /// <summary>The value of a word.</summary>
    /// <returns>0 for no word, and for one that this version does not know.</returns>
    public static T To<T>(string? word)
        where T : struct, Enum => word is null ? default : Table<T>.Values.GetValueOrDefault(word);

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string?> Words = Enum.GetValues<T>().ToFrozenDictionary(
            value => value, value => EqualityComparer<T>.Default.Equals(value, default) ? null : WordOf(value));

        public static readonly FrozenDictionary<string, T> Values = Words
            .Where(pair => pair.Value is not null)
            .ToFrozenDictionary(pair => pair.Value!, pair => pair.Key, StringComparer.Ordinal);

        private static string WordOf(T value)
        {
            var name = typeof(T).GetField(value.ToString())!.GetCustomAttribute<OriginalNameAttribute>()!.Name;
            var prefix = Capital().Replace(typeof(T).Name, "_").ToUpperInvariant() + "_";
            return name[prefix.Length..].ToLowerInvariant();
        }
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex Capital();
}
