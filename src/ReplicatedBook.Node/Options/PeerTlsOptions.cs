namespace ReplicatedBook.Node.Options;

/// <summary>Encryption of the link between nodes, on both sides with a certificate; section <c>Peer:Tls</c>. It is on
/// on all nodes of a cluster or on none.</summary>
internal sealed class PeerTlsOptions
{
    /// <summary>PEM file: this node's certificate, which names cluster and node. Relative to the working
    /// directory.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of its private key; nobody but owner and group may read it.</summary>
    public string? KeyFile { get; set; }

    /// <summary>Password of the key; none where it is not encrypted.</summary>
    [Secret]
    public string? KeyPassword { get; set; }

    /// <summary>PEM file: the cluster's own authority, or several while one takes another's place. No other authority
    /// counts, not even those that the machine trusts.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Whether it is on.</summary>
    internal bool IsOn => CertificateFile is not null;
}
