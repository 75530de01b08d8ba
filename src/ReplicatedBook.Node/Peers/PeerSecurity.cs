using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Consensus;
using ReplicatedBook.Node.Security;

namespace ReplicatedBook.Node.Peers;

/// <summary>How the link between nodes is secured: by TLS with a certificate on both sides, or not at all. Safe from
/// any thread.</summary>
/// <param name="files">This node's certificate; null without TLS: whoever reaches the port and knows the names is then
/// believed.</param>
/// <param name="identity">Who this node is.</param>
/// <param name="refusals">Told of everybody who is not believed.</param>
/// <remarks>Each side believes the other only a certificate that the cluster's own authority has made and that names
/// the cluster and the very node; under which address it is reached does not matter. Nothing is resumed, so what
/// counts is always what the files hold now.</remarks>
internal sealed class PeerSecurity(CertificateFiles? files, PeerIdentity identity, PeerRefusals refusals)
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;
    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    /// <summary>Lets a peer prove who it is, on the thread that called.</summary>
    /// <param name="connection">A connection that a peer has made.</param>
    /// <param name="peer">Who it is; null without TLS, where its word has to do.</param>
    /// <returns>What to read and write from here on.</returns>
    /// <exception cref="PeerRefusedException">It is nobody of this cluster. This was counted and told.</exception>
    public Stream Accept(PeerStream connection, out NodeId? peer)
    {
        peer = null;
        if (files is null)
        {
            return connection;
        }

        var certificate = files.Current;
        var judgement = new PeerJudgement(identity.ClusterId, null);
        var tls = new SslStream(connection, leaveInnerStreamOpen: true);
        try
        {
            tls.AuthenticateAsServer(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Context,
                ClientCertificateRequired = true,
                EnabledSslProtocols = Protocols,
                AllowTlsResume = false,
                CertificateChainPolicy = PolicyOf(certificate, ForClients),
                RemoteCertificateValidationCallback = judgement.Judge,
            });
            peer = new NodeId(judgement.Named!.Node);
            return tls;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException or InvalidDataException)
        {
            tls.Dispose();
            var refused = judgement.Refused(failure);
            refusals.Incoming(connection.Remote, refused);
            throw refused;
        }
    }

    /// <summary>Proves to a peer who this node is, and lets it do the same.</summary>
    /// <param name="connection">A connection to the peer's address.</param>
    /// <param name="peer">Whom it must lead to.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <exception cref="PeerRefusedException">It leads to somebody else. This was counted and told.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<Stream> ConnectAsync(Stream connection, PeerAddress peer, CancellationToken cancellation)
    {
        if (files is null)
        {
            return connection;
        }

        var certificate = files.Current;
        var judgement = new PeerJudgement(identity.ClusterId, peer.Node.Value);
        var tls = new SslStream(connection, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = peer.Host,
                    ClientCertificateContext = certificate.Context,
                    EnabledSslProtocols = Protocols,
                    AllowTlsResume = false,
                    CertificateChainPolicy = PolicyOf(certificate, ForServers),
                    RemoteCertificateValidationCallback = judgement.Judge,
                },
                cancellation);
            return tls;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            var refused = judgement.Refused(failure);
            refusals.Outgoing(peer, refused);
            throw refused;
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    /// <summary>Counts and tells that a peer is not believed after all.</summary>
    public PeerRefusedException Refused(EndPoint? from, PeerRefusal refusal, string text)
    {
        var refused = new PeerRefusedException(refusal, text);
        refusals.Incoming(from, refused);
        return refused;
    }

    private static X509ChainPolicy PolicyOf(Certificate own, Oid use)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // Whoever is no member any more is refused by the membership.
            DisableCertificateDownloads = true,
            ApplicationPolicy = { use },
        };
        policy.CustomTrustStore.AddRange(own.Authorities);
        return policy;
    }
}
