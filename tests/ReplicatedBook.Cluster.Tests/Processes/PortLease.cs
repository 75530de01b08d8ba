using ReplicatedBook.Cli.DevCluster;

namespace ReplicatedBook.Cluster.Tests.Processes;

/// <summary>A port that no other test or benchmark takes while this is held, even when nobody listens on it.</summary>
/// <remarks>Below the range from which systems draw the ports of outgoing connections, since a node that is down must
/// find its port free when it comes back. A locked file tells the runs on one machine apart.</remarks>
internal sealed class PortLease : IDisposable
{
    private const int First = 12_000;
    private const int Last = 32_000;

    private readonly FileStream _lock;

    private PortLease(int port, FileStream file)
    {
        Port = port;
        _lock = file;
    }

    public int Port { get; }

    public static PortLease Take()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "replicatedbook-ports")).FullName;
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            if (TryLock(Path.Combine(folder, $"{port}")) is not { } file)
            {
                continue;
            }

            if (Ports.IsFree(port))
            {
                return new PortLease(port, file);
            }

            file.Dispose();
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
