using System.Net;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>An API key, ready to be compared with.</summary>
internal sealed class KnownApiKey(ApiKeyView view, Bytes32 secretHash)
{
    private readonly byte[] _secretHash = secretHash.ToArray();

    private readonly IPNetwork[] _networks = [.. view.AllowedAddresses.Select(AddressRange.Parse).OfType<IPNetwork>()];

    public ApiKeyView View => view;

    /// <summary>Whether a secret is the key's.</summary>
    public bool Matches(string secret) => Secrets.Match(secret, _secretHash);

    /// <summary>Whether it may be used from an address, which is null where it is not known.</summary>
    public bool Allows(IPAddress? origin)
    {
        if (view.AllowedAddresses.Count == 0)
        {
            return true;
        }

        var address = origin is { IsIPv4MappedToIPv6: true } ? origin.MapToIPv4() : origin;
        return address is not null && Array.Exists(_networks, network => network.Contains(address));
    }
}
