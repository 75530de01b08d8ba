using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Hosting;

/// <summary>Lets each address have so many connections at a time: the limit <c>connections</c> of API.md 10. Safe from
/// any thread.</summary>
internal sealed class ConnectionLimit(NodeSettings settings, NodeMeter meter)
{
    private const string Policy = "connections";
    private const int NetworkBytes = 8; // Who has an IPv6 address has a network of 64 bits to draw it from.

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _open = [];

    /// <summary>Goes before everything else that is done with a connection, TLS included.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => connection =>
        connection.RemoteEndPoint is IPEndPoint remote ? GuardAsync(connection, KeyOf(remote.Address), next)
        : next(connection);

    private async Task GuardAsync(ConnectionContext connection, IPAddress address, ConnectionDelegate next)
    {
        if (!TryEnter(address))
        {
            meter.RateLimited(Policy);
            return; // Ends it.
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(address);
        }
    }

    private bool TryEnter(IPAddress address)
    {
        lock (_gate)
        {
            var open = _open.GetValueOrDefault(address);
            if (open >= settings.Limits.MaxConnectionsPerAddress)
            {
                return false;
            }

            _open[address] = open + 1;
            return true;
        }
    }

    private void Leave(IPAddress address)
    {
        lock (_gate)
        {
            var left = _open[address] - 1;
            if (left == 0)
            {
                _open.Remove(address);
            }
            else
            {
                _open[address] = left;
            }
        }
    }

    private static IPAddress KeyOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
