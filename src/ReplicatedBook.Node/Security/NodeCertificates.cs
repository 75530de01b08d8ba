using System.Diagnostics.Metrics;
using ReplicatedBook.Node.Metrics;
using ReplicatedBook.Node.Options;

namespace ReplicatedBook.Node.Security;

/// <summary>The node's certificates, read when it is put together: what cannot be used is refused before anything
/// starts.</summary>
internal sealed class NodeCertificates
{
    /// <summary>Reads them.</summary>
    /// <exception cref="ConfigurationRefusedException">One cannot be used.</exception>
    public NodeCertificates(NodeSettings settings, NodeMeter meter, ILogger<NodeCertificates> logger)
    {
        var self = new NodeName(settings.Cluster.Id, settings.Node.Id);
        ForClients = settings.Http.Tls.IsOn ? new CertificateFiles(settings.Http.Tls, logger) : null;
        ForPeers = settings.Peer.Tls.IsOn ? new CertificateFiles(settings.Peer.Tls, self, logger) : null;
        meter.Meter.CreateObservableGauge(
            "rb_certificate_expiry_seconds", ReadEnds, null,
            "When the certificate for clients or for peers ends, since 1970-01-01T00:00:00Z.");
    }

    /// <summary>For the interface for clients; null where that is plain.</summary>
    public CertificateFiles? ForClients { get; }

    /// <summary>For the link between nodes; null where that is plain.</summary>
    public CertificateFiles? ForPeers { get; }

    private IEnumerable<Measurement<long>> ReadEnds()
    {
        foreach (var (use, files) in new[] { ("clients", ForClients), ("peers", ForPeers) })
        {
            if (files is not null)
            {
                yield return new Measurement<long>(
                    new DateTimeOffset(files.Current.Leaf.NotAfter).ToUnixTimeSeconds(),
                    new KeyValuePair<string, object?>("use", use));
            }
        }
    }
}
