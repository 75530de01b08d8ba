using System.Security.Cryptography;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>A public key on P-256. Safe from any thread.</summary>
internal sealed class VerificationKey
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    /// <param name="x">First coordinate, 32 bytes.</param>
    /// <param name="y">Second coordinate, 32 bytes.</param>
    /// <exception cref="CryptographicException">They are no point of the curve.</exception>
    public VerificationKey(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        Id = KeyIds.Of(x, y);
        _key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = x.ToArray(), Y = y.ToArray() },
        });
    }

    /// <summary>See <see cref="KeyIds"/>.</summary>
    public string Id { get; }

    /// <summary>Whether a signature (both numbers, one after the other) is this key's.</summary>
    public bool Holds(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        lock (_gate) // The framework promises nothing of one key on several threads.
        {
            return _key.VerifyData(
                signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
