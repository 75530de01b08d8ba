using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ReplicatedBook.Cli;
using ReplicatedBook.Cli.Init;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>An authority as <c>rb init</c> makes it, and what it issues, in a folder of its own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly CertificateAuthority _authority;

    public TestCertificates(string cluster = "test")
    {
        _authority = CertificateAuthority.Create(cluster);
        PrivateFiles.Replace(AuthorityFile, System.Text.Encoding.ASCII.GetBytes(_authority.CertificatePem));
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("rb-certificates-").FullName;

    private string AuthorityFile => Path.Combine(Folder, "ca.crt");

    /// <summary>Flags for TLS on both ports of a node; makes the files where they are not there yet.</summary>
    public IReadOnlyList<string> FlagsOf(string node)
    {
        if (!File.Exists(FileOf(node, "peer.crt")))
        {
            Renew(node);
        }

        return
        [
            $"--Peer:Tls:CertificateFile={FileOf(node, "peer.crt")}", $"--Peer:Tls:KeyFile={FileOf(node, "peer.key")}",
            $"--Peer:Tls:AuthorityFile={AuthorityFile}", $"--Http:Tls:CertificateFile={FileOf(node, "api.crt")}",
            $"--Http:Tls:KeyFile={FileOf(node, "api.key")}",
        ];
    }

    /// <summary>Puts new certificates and keys in the place of a node's.</summary>
    public void Renew(string node)
    {
        Write(node, "peer", _authority.IssueForPeers(Named(node), Day));
        Write(node, "api", _authority.IssueForClients(Named(node), Day));
    }

    /// <summary>Puts this in the place of one of a node's files.</summary>
    public void Write(string node, string name, IssuedCertificate issued)
    {
        PrivateFiles.Replace(FileOf(node, name + ".key"), System.Text.Encoding.ASCII.GetBytes(issued.Key));
        PrivateFiles.Replace(FileOf(node, name + ".crt"), System.Text.Encoding.ASCII.GetBytes(issued.Certificate));
    }

    public string FileOf(string node, string name) => Path.Combine(Folder, $"{node}-{name}");

    /// <summary>A node's certificate for its peers.</summary>
    public X509Certificate2 Peer(string node, TimeSpan? validity = null) =>
        Load(_authority.IssueForPeers(Named(node), validity ?? Day));

    /// <summary>A node's certificate for its clients.</summary>
    public X509Certificate2 Api(string node) => Load(_authority.IssueForClients(Named(node), Day));

    /// <summary>A node's certificate of another cluster, by this same authority.</summary>
    public X509Certificate2 PeerOf(string cluster, string node)
    {
        var key = Path.Combine(Folder, "ca.key");
        PrivateFiles.Replace(key, System.Text.Encoding.ASCII.GetBytes(_authority.KeyPem));
        using var other = CertificateAuthority.Open(cluster, AuthorityFile, key);
        return Load(other.IssueForPeers(Named(node), Day));
    }

    /// <summary>A certificate that is good for everything but names no node.</summary>
    public X509Certificate2 Nobody() => WithNames("CN=nobody");

    /// <summary>A certificate by this authority with these URIs among its names.</summary>
    public X509Certificate2 WithNames(string subject, params string[] uris)
    {
        using var authority = X509Certificate2.CreateFromPem(_authority.CertificatePem, _authority.KeyPem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        foreach (var uri in uris)
        {
            names.AddUri(new Uri(uri));
        }

        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(
            authority, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3]);
        return Load(new IssuedCertificate(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Takes certificates of this authority and no others.</summary>
    public X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(AuthorityFile);
        return policy;
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static InitNode Named(string node) => new(node, "127.0.0.1:1", "localhost:2");

    private static X509Certificate2 Load(IssuedCertificate issued) =>
        X509Certificate2.CreateFromPem(issued.Certificate, issued.Key);
}
