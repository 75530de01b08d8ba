using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>Tells which of many connections can be read, by epoll(7): what one wait costs does not depend on how many
/// connections there are, while poll(2), which <c>Socket.Select</c> uses, asks after each of them. One owner.</summary>
internal sealed class ReadyConnections<T> : IDisposable
    where T : IWireEnd
{
    private const int Add = 1;
    private const int Delete = 2;
    private const uint In = 1;
    private const int Interrupted = 4; // EINTR

    // The kernel packs the event to 12 bytes on x86-64 alone; elsewhere the data is aligned to 8 bytes.
    private static readonly int DataAt = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataAt + 8;

    private readonly IReadOnlyList<T> _connections;
    private readonly int _epoll;
    private readonly byte[] _events;
    private readonly List<T> _ready = [];

    /// <param name="connections">Open ones; they stay open.</param>
    public ReadyConnections(IReadOnlyList<T> connections)
    {
        _connections = connections;
        _events = new byte[connections.Count * EventSize];
        _epoll = Checked(Epoll.Create(0));
        for (var i = 0; i < connections.Count; i++)
        {
            BitConverter.TryWriteBytes(_events, In);
            BitConverter.TryWriteBytes(_events.AsSpan(DataAt), (long)i);
            Checked(Epoll.Control(_epoll, Add, Descriptor(connections[i]), _events));
        }
    }

    /// <summary>Waits until one can be read, at most so long (whole milliseconds).</summary>
    /// <returns>Those that can be read; good until the next call. Whoever ended before is not among them.</returns>
    public IReadOnlyList<T> Wait(TimeSpan limit)
    {
        ForgetEnded();
        _ready.Clear();
        var count = Epoll.Wait(_epoll, _events, _connections.Count, (int)limit.TotalMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new Win32Exception();
        }

        for (var i = 0; i < count; i++)
        {
            _ready.Add(_connections[(int)BitConverter.ToInt64(_events, (i * EventSize) + DataAt)]);
        }

        return _ready;
    }

    public void Dispose() => _ = Epoll.Close(_epoll);

    // An ended one can be read for ever.
    private void ForgetEnded()
    {
        foreach (var connection in _ready)
        {
            if (connection.HasEnded)
            {
                Checked(Epoll.Control(_epoll, Delete, Descriptor(connection), _events));
            }
        }
    }

    private static int Descriptor(T connection) => (int)connection.Socket.Handle;

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception();
}
