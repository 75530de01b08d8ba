using System.Net;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Ranges of addresses as texts: one address, or a range such as <c>10.0.0.0/8</c>.</summary>
internal static class AddressRange
{
    private const int MaxLength = 64;

    /// <summary>Null for a text that is none.</summary>
    public static IPNetwork? Parse(string text) =>
        text.Length > MaxLength ? null
        : IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) && text.AsSpan().IndexOfAny('%', '[') < 0
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : null;
}
