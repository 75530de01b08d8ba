using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Views;

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

    /// <summary>A key of the replicated state.</summary>
    /// <param name="view">Its name and point.</param>
    /// <param name="key">Null where the point is none of the curve, or the name another's: it verifies nothing.</param>
    public static bool TryCreate(SigningKeyView view, [NotNullWhen(true)] out VerificationKey? key)
    {
        key = null;
        try
        {
            var created = new VerificationKey(view.X.ToArray(), view.Y.ToArray());
            key = created.Id == view.Kid ? created : null;
        }
        catch (CryptographicException)
        {
            // Only a node could have put it there; the other keys go on.
        }

        return key is not null;
    }

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
