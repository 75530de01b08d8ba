using System.Net;
using System.Net.Sockets;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Security.Rates;

/// <summary>Whose requests are counted together: a user's, or else those of an address.</summary>
/// <param name="User">0 for none.</param>
/// <param name="Address">Null with a user, and for a connection without an address.</param>
internal readonly record struct RateSource(UserId User, IPAddress? Address)
{
    private const int NetworkBytes = 8;

    /// <summary>Of a caller.</summary>
    public static RateSource Of(Caller caller) => caller.User.Value != 0
        ? new RateSource(caller.User, null)
        : new RateSource(default, Network(caller.Origin));

    /// <summary>What an address is counted as: of version 6 its network of 64 bits, since one machine has all of
    /// that.</summary>
    public static IPAddress? Network(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 } || IPAddress.IPv6Loopback.Equals(address))
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
