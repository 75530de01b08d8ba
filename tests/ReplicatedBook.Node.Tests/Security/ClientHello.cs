using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ReplicatedBook.Node.Tests.Security;

/// <summary>The first bytes of a TLS connection, of versions that this machine's own TLS may no longer speak
/// (RFC 5246, 7.4.1.2).</summary>
internal static class ClientHello
{
    /// <summary>What the answer to a hello that is not taken begins with.</summary>
    public const byte Alert = 21;

    /// <summary>What the answer to a hello that is taken begins with.</summary>
    public const byte Handshake = 22;

    /// <summary>A hello that offers nothing above a version.</summary>
    /// <param name="minor">1 is TLS 1.0, 2 is TLS 1.1, 3 is TLS 1.2.</param>
    public static byte[] UpTo(byte minor)
    {
        byte[] suites = [0xC0, 0x2B, 0xC0, 0x2C, 0xC0, 0x09, 0xC0, 0x0A]; // ECDHE with ECDSA: GCM, then CBC.
        byte[] extensions =
        [
            0, 10, 0, 4, 0, 2, 0, 23, // Groups: P-256.
            0, 11, 0, 2, 1, 0, // Points: uncompressed.
            0, 13, 0, 6, 0, 4, 4, 3, 8, 4, // Signatures: ECDSA and RSA-PSS, both with SHA-256.
        ];
        byte[] body =
        [
            3, minor, .. RandomNumberGenerator.GetBytes(32), 0, .. Length(suites), .. suites, 1, 0,
            .. Length(extensions), .. extensions,
        ];
        byte[] message = [1, 0, .. Length(body), .. body];
        return [Handshake, 3, 1, .. Length(message), .. message];
    }

    private static byte[] Length(byte[] content)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)content.Length);
        return length;
    }
}
