using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Peers;

/// <summary>Judges the certificate of one connection's other side.</summary>
/// <param name="cluster">Cluster that it must be of.</param>
/// <param name="node">Node that it must be; null for any.</param>
internal sealed class PeerJudgement(string cluster, string? node)
{
    private (PeerRefusal Refusal, string Text)? _refusal;

    /// <summary>Who it is; null until that is known.</summary>
    public NodeName? Named { get; private set; }

    /// <summary>For the handshake: whether to go on.</summary>
    public bool Judge(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate)
        {
            _refusal = (PeerRefusal.NoCertificate, "it shows no certificate");
        }
        else if ((errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0)
        {
            _refusal = OfChain(chain);
        }
        else
        {
            Named = NodeName.Of(certificate);
            _refusal = Named switch
            {
                null => (PeerRefusal.NoNode, $"the certificate of {certificate.Subject} is no node's"),
                _ when Named.Cluster != cluster => (
                    PeerRefusal.OtherCluster, $"its certificate is of cluster {Named.Cluster}"),
                _ when node is not null && Named.Node != node => (
                    PeerRefusal.OtherNode, $"its certificate is that of node {Named.Node}"),
                _ => null,
            };
        }

        return _refusal is null;
    }

    /// <summary>Why the handshake has failed.</summary>
    public PeerRefusedException Refused(Exception failure) => _refusal is { } refusal
        ? new PeerRefusedException(refusal.Refusal, refusal.Text)
        : new PeerRefusedException(PeerRefusal.NoTls, failure.InnerException?.Message ?? failure.Message);

    private static (PeerRefusal Refusal, string Text) OfChain(X509Chain? chain)
    {
        var all = X509ChainStatusFlags.NoError;
        foreach (var status in chain?.ChainStatus ?? [])
        {
            all |= status.Status;
        }

        return all switch
        {
            X509ChainStatusFlags.NotTimeValid => (PeerRefusal.Expired, "its certificate is not valid at this time"),
            X509ChainStatusFlags.NotValidForUsage => (
                PeerRefusal.NoNode, "its certificate is not for the link between nodes"),
            _ => (PeerRefusal.ForeignAuthority, $"its certificate is not of this cluster's authority ({all})"),
        };
    }
}
