namespace ReplicatedBook.Replication.Tests.Storage;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rb-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
