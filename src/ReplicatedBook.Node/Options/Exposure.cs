using System.Net;

namespace ReplicatedBook.Node.Options;

/// <summary>On which addresses a node may listen, given what protects it there.</summary>
internal static class Exposure
{
    /// <summary>Judges one address.</summary>
    /// <param name="section">Section of the setting.</param>
    /// <param name="text">The address.</param>
    /// <param name="isOpen">Whether everyone who reaches it is an administrator: there is no authentication.</param>
    /// <param name="isEncrypted">Whether TLS is on there.</param>
    /// <param name="isInsecure">Whether the operator takes it upon himself that it is not.</param>
    /// <returns>Why not; null where it may.</returns>
    public static string? Judge(string section, string text, bool isOpen, bool isEncrypted, bool isInsecure)
    {
        if (!IPAddress.TryParse(text, out var address))
        {
            return $"{section}:Address must be an IP address, not '{text}'.";
        }

        if (IPAddress.IsLoopback(address))
        {
            return null;
        }

        if (isOpen)
        {
            return $"{section}:Address is {text}: with Auth:Mode=off only loopback addresses are served.";
        }

        return isEncrypted || isInsecure
            ? null
            : $"{section}:Address is {text}, beyond this machine, and {section}:Tls is not set: "
                + "give it a certificate ('rb init' makes them), or say --insecure.";
    }
}
