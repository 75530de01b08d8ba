namespace ReplicatedBook.Node.Security;

/// <summary>How a credential stands in the header <c>Authorization</c> (RFC 6750, 2.1).</summary>
internal static class BearerScheme
{
    private const string Prefix = "Bearer ";

    /// <summary>The header's value for a credential.</summary>
    public static string Of(string credential) => Prefix + credential;

    /// <summary>The credential of a header's value; null when it is of another scheme.</summary>
    public static string? CredentialOf(string header) =>
        header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..] : null;
}
