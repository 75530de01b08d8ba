using System.Net;
using System.Net.Sockets;

namespace ReplicatedBook.Cli.DevCluster;

/// <summary>Looks at ports of the loopback interface.</summary>
internal static class Ports
{
    /// <summary>Whether a server could listen there now.</summary>
    public static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As Kestrel does on Unix: without it the remains of closed connections would count as busy.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
