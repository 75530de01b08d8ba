using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Tests.Restoring;

/// <summary>The machine's disk until the n-th change, which fails as do all after it: what a crash leaves
/// behind.</summary>
internal sealed class FailingDisk(IDisk disk, int failAt) : IDisk
{
    private int _changes;

    public bool HasFailed => _changes >= failAt;

    public void CreateDirectory(string path) => Change(() => disk.CreateDirectory(path));

    public IReadOnlyList<string> ListFiles(string directory) => disk.ListFiles(directory);

    public IReadOnlyList<string> ListDirectories(string directory) => disk.ListDirectories(directory);

    public IDiskFile Open(string path, bool create)
    {
        if (create)
        {
            Change(() => { });
        }

        return disk.Open(path, create);
    }

    public void Rename(string from, string to) => Change(() => disk.Rename(from, to));

    public void Delete(string path) => Change(() => disk.Delete(path));

    public void SyncDirectory(string path) => Change(() => disk.SyncDirectory(path));

    public IDisposable Lock(string directory) => disk.Lock(directory);

    private void Change(Action change)
    {
        if (++_changes >= failAt)
        {
            throw new IOException($"no change after {failAt - 1}");
        }

        change();
    }
}
