namespace ReplicatedBook.Node.Peers;

/// <summary>Why a node is not believed to be the peer that it says, or that was called.</summary>
internal enum PeerRefusal : byte
{
    /// <summary>It does not speak TLS, or not the versions that are spoken here, or it went away meanwhile.</summary>
    NoTls = 0,

    /// <summary>It showed no certificate.</summary>
    NoCertificate = 1,

    /// <summary>Its certificate is not of the cluster's authority, or not for this use.</summary>
    ForeignAuthority = 2,

    /// <summary>Its certificate is not valid yet, or not any more.</summary>
    Expired = 3,

    /// <summary>Its certificate is not a node's, such as that of a client.</summary>
    NoNode = 4,

    /// <summary>Its certificate is of another cluster.</summary>
    OtherCluster = 5,

    /// <summary>Its certificate is that of another node.</summary>
    OtherNode = 6,
}
