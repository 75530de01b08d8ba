using System.Runtime.InteropServices;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Calls of epoll(7) and close(2).</summary>
internal static class Epoll
{
    [DllImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static extern int Create(int flags);

    [DllImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static extern int Control(int epoll, int operation, int descriptor, byte[] change);

    [DllImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static extern int Wait(int epoll, byte[] events, int maxEvents, int milliseconds);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int descriptor);
}
