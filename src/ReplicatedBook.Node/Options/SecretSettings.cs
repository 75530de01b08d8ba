using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace ReplicatedBook.Node.Options;

/// <summary>Which settings are secrets, and where they may come from.</summary>
internal static class SecretSettings
{
    /// <summary>Behind the name of a secret: the file that holds it.</summary>
    public const string FileSuffix = "_FILE";

    /// <summary>Keys of all secrets, such as <c>Http:Tls:KeyPassword</c>.</summary>
    public static IReadOnlyList<string> Keys { get; } = [.. KeysIn(typeof(NodeSettings), prefix: null)];

    /// <summary>Lets no secret be where others can see it.</summary>
    /// <param name="source">Where that is, for people.</param>
    /// <param name="keys">All keys that are given there.</param>
    /// <exception cref="ConfigurationRefusedException">One of them is a secret.</exception>
    public static void Refuse(string source, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            if (Keys.Contains(key, StringComparer.OrdinalIgnoreCase))
            {
                throw new ConfigurationRefusedException(
                    $"{key} is a secret and must not stand {source}: give the environment variable "
                    + $"{VariableOf(key)}, or name a file that holds it with {VariableOf(key)}{FileSuffix}.");
            }
        }
    }

    /// <summary>Reads the files that hold secrets.</summary>
    /// <param name="settings">All settings.</param>
    /// <returns>What the files hold, by the secrets' keys, without the line's end.</returns>
    /// <exception cref="ConfigurationRefusedException">A file cannot be read, or its secret is given twice.</exception>
    public static Dictionary<string, string?> FromFiles(IConfiguration settings)
    {
        var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var key in Keys)
        {
            if (settings[key + FileSuffix] is not { } file)
            {
                continue;
            }

            if (settings[key] is not null)
            {
                throw new ConfigurationRefusedException($"{key} and {key}{FileSuffix} exclude each other.");
            }

            try
            {
                found[key] = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationRefusedException($"{key}{FileSuffix}: {failure.Message}");
            }
        }

        return found;
    }

    /// <summary>For the serializer that shows settings: masks the secrets.</summary>
    public static void Mask(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.IsDefined(typeof(SecretAttribute), inherit: false) is true)
            {
                property.CustomConverter = new MaskedText();
            }
        }
    }

    private static string VariableOf(string key) => $"RB_{key.Replace(":", "__").ToUpperInvariant()}";

    private static IEnumerable<string> KeysIn(Type type, string? prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var key = prefix is null ? property.Name : $"{prefix}:{property.Name}";
            if (property.IsDefined(typeof(SecretAttribute)))
            {
                yield return key;
            }
            else if (property.PropertyType.Namespace == typeof(SecretSettings).Namespace)
            {
                foreach (var inner in KeysIn(property.PropertyType, key))
                {
                    yield return inner;
                }
            }
        }
    }
}
