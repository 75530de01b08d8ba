using System.Text;
using System.Text.Json;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>The folder of a development cluster: marker, state file, requests to the supervisor, logs and, by default,
/// data.</summary>
/// <param name="path">Full path.</param>
internal sealed class DevClusterFolder(string path)
{
    private const string MarkerText =
        "Folder of a ReplicatedBook development cluster; 'rb dev up --fresh' may delete it.\n";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string LogFolder => In("logs");

    public string RequestFolder => In("requests");

    private string Marker => In("development-cluster");

    private string StateFile => In("cluster.json");

    /// <summary>As asked; else .rb/dev under the repository's root, else under the working directory.</summary>
    public static DevClusterFolder At(string? asked) =>
        new(asked ?? System.IO.Path.Combine(NodeProgram.FindRoot() ?? Environment.CurrentDirectory, ".rb", "dev"));

    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates it with its marker, where absent.</summary>
    /// <exception cref="UsageException">It exists, holds something, and is no development cluster's.</exception>
    public void Create()
    {
        RequireOurs();
        PrivateFiles.CreateFolder(Path);
        PrivateFiles.CreateFolder(LogFolder);
        PrivateFiles.CreateFolder(RequestFolder);
        PrivateFiles.Replace(Marker, Encoding.ASCII.GetBytes(MarkerText));
    }

    /// <summary>Deletes it with all that is in it. Only a folder that carries the marker, or is empty, is
    /// touched.</summary>
    /// <exception cref="UsageException">It is no development cluster's.</exception>
    public void Delete()
    {
        RequireOurs();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>The state as last written; null when there is none.</summary>
    /// <exception cref="UsageException">The file cannot be read as such.</exception>
    public DevClusterState? ReadState()
    {
        if (!File.Exists(StateFile))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(StateFile), DevClusterJson.Default.DevClusterState);
        }
        catch (JsonException bad)
        {
            throw new UsageException($"{StateFile} cannot be read ({bad.Message}); delete it if no cluster is running");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The state of a running cluster.</summary>
    /// <exception cref="UsageException">None is running.</exception>
    public DevClusterState RequireRunning() => ReadState() is { IsSupervised: true } state
        ? state
        : throw new UsageException($"no development cluster is running in {Path}; 'rb dev up' starts one");

    /// <summary>Writes the state whole: readers see the old or the new one, never a part.</summary>
    public void WriteState(DevClusterState state) => PrivateFiles.Replace(
        StateFile, JsonSerializer.SerializeToUtf8Bytes(state, DevClusterJson.Default.DevClusterState));

    public void DeleteState() => File.Delete(StateFile);

    private void RequireOurs()
    {
        if (Directory.Exists(Path) && !File.Exists(Marker) && Directory.EnumerateFileSystemEntries(Path).Any())
        {
            throw new UsageException(
                $"{Path} is not empty and carries no mark of a development cluster; it is left alone");
        }
    }
}
