using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace ReplicatedBook.Node.Security;

/// <summary>Which node a certificate is for. It stands among the certificate's alternative names as the URI
/// <c>urn:replicatedbook:node:CLUSTER:NODE</c>, both escaped as parts of a URI.</summary>
/// <param name="Cluster">The node's cluster.</param>
/// <param name="Node">Its name.</param>
internal sealed record NodeName(string Cluster, string Node)
{
    private const string Prefix = "urn:replicatedbook:node:";
    private const string AlternativeNames = "2.5.29.17";
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6); // RFC 5280, 4.2.1.6.

    /// <summary>Reads it.</summary>
    /// <returns>Null when the certificate names no node, or several.</returns>
    public static NodeName? Of(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == AlternativeNames)
            {
                return Find(extension.RawData);
            }
        }

        return null;
    }

    private static NodeName? Find(ReadOnlyMemory<byte> names)
    {
        NodeName? found = null;
        try
        {
            var reader = new AsnReader(names, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData)
            {
                if (!reader.PeekTag().HasSameClassAndValue(Uri))
                {
                    reader.ReadEncodedValue();
                }
                else if (Parse(reader.ReadCharacterString(UniversalTagNumber.IA5String, Uri)) is { } name)
                {
                    if (found is not null)
                    {
                        return null;
                    }

                    found = name;
                }
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        return found;
    }

    private static NodeName? Parse(string uri)
    {
        if (!uri.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = uri[Prefix.Length..].Split(':');
        return parts is [{ Length: > 0 } cluster, { Length: > 0 } node]
            ? new NodeName(System.Uri.UnescapeDataString(cluster), System.Uri.UnescapeDataString(node))
            : null;
    }
}
