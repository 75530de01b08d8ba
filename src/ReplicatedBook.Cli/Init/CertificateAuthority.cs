using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ReplicatedBook.Cli.Init;

/// <summary>A cluster's own authority: nodes take no peer's certificate that another has made.</summary>
/// <remarks>ECDSA over P-256 throughout: small, quick, and understood by every TLS library.</remarks>
internal sealed class CertificateAuthority : IDisposable
{
    private const int Years = 10;
    private static readonly Oid ForServers = new("1.3.6.1.5.5.7.3.1");
    private static readonly Oid ForClients = new("1.3.6.1.5.5.7.3.2");

    // Machines whose clocks are a little behind must take a new certificate as well.
    private static readonly TimeSpan Behind = TimeSpan.FromHours(1);

    private readonly X509Certificate2 _certificate;
    private readonly string _cluster;

    private CertificateAuthority(string cluster, X509Certificate2 certificate) =>
        (_cluster, _certificate) = (cluster, certificate);

    /// <summary>Its certificate, as PEM.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Its private key, as PEM: whoever has it can make nodes.</summary>
    public string KeyPem
    {
        get
        {
            using var key = _certificate.GetECDsaPrivateKey()!;
            return key.ExportPkcs8PrivateKeyPem() + "\n";
        }
    }

    /// <summary>Makes a new one, for ten years.</summary>
    public static CertificateAuthority Create(string cluster)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            $"CN=ReplicatedBook authority of {cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = DateTimeOffset.UtcNow;
        return new CertificateAuthority(cluster, request.CreateSelfSigned(now - Behind, now.AddYears(Years)));
    }

    /// <summary>The one that was made before.</summary>
    /// <exception cref="UsageException">The files are none.</exception>
    public static CertificateAuthority Open(string cluster, string certificateFile, string keyFile)
    {
        try
        {
            return new CertificateAuthority(cluster, X509Certificate2.CreateFromPemFile(certificateFile, keyFile));
        }
        catch (Exception failure) when (failure is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new UsageException($"{certificateFile} and {keyFile} are no authority: {failure.Message}");
        }
    }

    /// <summary>Makes a node's certificate for its peers, which names cluster and node.</summary>
    public IssuedCertificate IssueForPeers(InitNode node, TimeSpan validity)
    {
        var names = NamesOf(node);
        names.AddUri(new Uri(
            $"urn:replicatedbook:node:{Uri.EscapeDataString(_cluster)}:{Uri.EscapeDataString(node.Name)}"));
        return Issue(node.Name, names, validity, ForServers, ForClients);
    }

    /// <summary>Makes a node's certificate for its clients. It names no node, so that peers do not take it.</summary>
    public IssuedCertificate IssueForClients(InitNode node, TimeSpan validity)
    {
        var names = NamesOf(node);
        names.AddDnsName("localhost"); // For people on the machine itself.
        names.AddIpAddress(IPAddress.Loopback);
        return Issue(node.Name, names, validity, ForServers);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();

    private static SubjectAlternativeNameBuilder NamesOf(InitNode node)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in node.Hosts)
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names;
    }

    private IssuedCertificate Issue(
        string subject, SubjectAlternativeNameBuilder names, TimeSpan validity, params Oid[] uses)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. uses], false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        var begin = DateTimeOffset.UtcNow - Behind;
        var end = DateTimeOffset.UtcNow + validity;
        var last = new DateTimeOffset(_certificate.NotAfter);
        using var made = request.Create(_certificate, begin, end < last ? end : last, NewSerial());
        return new IssuedCertificate(made.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40); // A positive number, and never shorter.
        return serial;
    }
}
