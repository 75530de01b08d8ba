using System.Globalization;
using System.Text.RegularExpressions;
using ReplicatedBook.Consensus;

namespace ReplicatedBook.Node.Peers;

/// <summary>How a member is reached, as it stands in the replicated membership:
/// <c>peer=host:port;api=http://host:port</c>.</summary>
/// <param name="Host">Where it listens for peers: name or IPv4 address.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Api">Where clients reach it: http or https, host and port, no path.</param>
internal sealed partial record MemberContact(string Host, int Port, string Api)
{
    /// <summary>Reads the one form there is; also checks what an operator gave.</summary>
    /// <param name="text">The contact.</param>
    /// <returns>Null when it is not exactly that.</returns>
    public static MemberContact? Read(string? text) =>
        text is not null && Form().Match(text) is { Success: true } match
            ? Of(match.Groups[1].Value, match.Groups[2].Value)
            : null;

    /// <summary>From the two addresses that an operator gives.</summary>
    /// <param name="peer">host:port.</param>
    /// <param name="api">http://host:port.</param>
    /// <returns>Null when one of them is not that, or they are too long for a membership.</returns>
    public static MemberContact? Of(string? peer, string? api)
    {
        if (peer is null || HostAndPort().Match(peer) is not { Success: true } match
            || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65_535
            || !Uri.TryCreate(api, UriKind.Absolute, out var uri)
            || uri is not { Scheme: "http" or "https", PathAndQuery: "/", UserInfo: "", Fragment: "" })
        {
            return null;
        }

        var contact = new MemberContact(match.Groups[1].Value, port, uri.GetLeftPart(UriPartial.Authority));
        return contact.ToString().Length <= Membership.MaxContactLength ? contact : null;
    }

    /// <summary>The text that <see cref="Read"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"peer={Host}:{Port};api={Api}");

    [GeneratedRegex(@"^peer=([!-:<-~]+);api=([!-~]+)\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^([A-Za-z0-9._-]+):([0-9]{1,5})\z")]
    private static partial Regex HostAndPort();
}
