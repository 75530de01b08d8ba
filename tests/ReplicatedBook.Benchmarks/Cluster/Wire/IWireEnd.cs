using System.Net.Sockets;

namespace ReplicatedBook.Benchmarks.Cluster.Wire;

/// <summary>This end of a connection, as far as waiting for it goes.</summary>
internal interface IWireEnd
{
    /// <summary>Open until disposed of, whatever the server did.</summary>
    Socket Socket { get; }

    /// <summary>Whether the server has closed the connection.</summary>
    bool HasEnded { get; }
}
