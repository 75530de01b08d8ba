namespace ReplicatedBook.Node.Options;

/// <summary>Encryption of the interface for clients; section <c>Http:Tls</c>. Without it the interface is plain
/// HTTP.</summary>
internal sealed class ClientTlsOptions
{
    /// <summary>PEM file: the certificate, then those between it and its authority. Relative to the working
    /// directory.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of its private key; nobody but owner and group may read it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Password of the key; none where it is not encrypted.</summary>
    [Secret]
    public string? KeyPassword { get; set; }

    /// <summary>Whether it is on.</summary>
    internal bool IsOn => CertificateFile is not null;
}
