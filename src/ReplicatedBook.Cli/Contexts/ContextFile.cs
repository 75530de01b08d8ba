using System.Text.Json;

namespace ReplicatedBook.Cli.Contexts;

/// <summary>The file of contexts: <c>RB_CONFIG</c>, else <c>rb/contexts.json</c> where the system keeps
/// configuration.</summary>
internal static class ContextFile
{
    private const string Variable = "RB_CONFIG";
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    public static string Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? System.IO.Path.GetFullPath(given)
        : System.IO.Path.Combine(
            Environment.GetFolderPath(
                Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "rb", "contexts.json");

    /// <summary>All contexts; none where there is no file.</summary>
    /// <exception cref="UsageException">The file cannot be read as such.</exception>
    public static ContextBook Read()
    {
        try
        {
            return File.Exists(Path)
                && JsonSerializer.Deserialize(File.ReadAllBytes(Path), ContextJson.Default.ContextBook) is { } book
                ? book
                : new ContextBook(null, []);
        }
        catch (Exception bad) when (bad is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Path} cannot be read: {bad.Message}");
        }
    }

    /// <summary>Changes the file while no other process does.</summary>
    /// <param name="change">What becomes of it; null leaves it as it is.</param>
    /// <param name="cancellation">Gives it up.</param>
    public static async Task ChangeAsync(
        Func<ContextBook, Task<ContextBook?>> change, CancellationToken cancellation)
    {
        using var alone = await LockAsync(cancellation);
        if (await change(Read()) is { } changed)
        {
            PrivateFiles.Replace(
                Path, JsonSerializer.SerializeToUtf8Bytes(changed, ContextJson.Default.ContextBook));
        }
    }

    private static async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        var until = DateTime.UtcNow + LockLimit;
        while (true)
        {
            try
            {
                return PrivateFiles.Open(Path + ".lock", FileMode.OpenOrCreate);
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                await Task.Delay(LookAgain, cancellation);
            }
        }
    }
}
