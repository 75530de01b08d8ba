using System.Text.Json;
using ReplicatedBook.Cli.Contexts;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Secrets of a development cluster, each in a file of its folder that only its user can read: the bootstrap
/// token, the password of its users, and an API key for each of them.</summary>
internal static class DevClusterKeys
{
    /// <summary>Name of the administrator.</summary>
    public const string Admin = "admin";

    private const string KeysName = "api-keys.json";

    public static string TokenFile(DevClusterFolder folder) => folder.In("bootstrap-token");

    public static string PasswordFile(DevClusterFolder folder) => folder.In("password");

    /// <summary>API keys by name of their users; none before they are made.</summary>
    public static SortedDictionary<string, string> Read(DevClusterFolder folder)
    {
        var path = folder.In(KeysName);
        try
        {
            return File.Exists(path)
                && JsonSerializer.Deserialize(
                    File.ReadAllBytes(path), ContextJson.Default.SortedDictionaryStringString) is { } keys
                ? keys
                : [];
        }
        catch (JsonException bad)
        {
            throw new UsageException($"{path} cannot be read ({bad.Message}); delete it to have new keys made");
        }
    }

    public static void Write(DevClusterFolder folder, SortedDictionary<string, string> keys) => PrivateFiles.Replace(
        folder.In(KeysName),
        JsonSerializer.SerializeToUtf8Bytes(keys, ContextJson.Default.SortedDictionaryStringString));

    /// <summary>A secret that is made when it is first asked for.</summary>
    public static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            const int Bytes = 32;
            var text = System.Buffers.Text.Base64Url.EncodeToString(
                System.Security.Cryptography.RandomNumberGenerator.GetBytes(Bytes));
            PrivateFiles.Replace(path, System.Text.Encoding.ASCII.GetBytes(text + "\n"));
        }

        return File.ReadAllText(path).Trim();
    }
}
