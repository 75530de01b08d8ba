using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security;

/// <summary>The node's certificates, read when it is put together: what cannot be used is refused before anything
/// starts.</summary>
internal sealed class NodeCertificates
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ConfigurationRefusedException">One cannot be used.</exception>
    public NodeCertificates(NodeSettings settings, ILogger<NodeCertificates> logger)
    {
        var self = new NodeName(settings.Cluster.Id, settings.Node.Id);
        ForClients = settings.Http.Tls.IsOn ? new CertificateFiles(settings.Http.Tls, logger) : null;
        ForPeers = settings.Peer.Tls.IsOn ? new CertificateFiles(settings.Peer.Tls, self, logger) : null;
    }

    /// <summary>For the interface for clients; null where that is plain.</summary>
    public CertificateFiles? ForClients { get; }

    /// <summary>For the link between nodes; null where that is plain.</summary>
    public CertificateFiles? ForPeers { get; }
}
