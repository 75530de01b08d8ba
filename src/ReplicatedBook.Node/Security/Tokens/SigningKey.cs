using System.Security.Cryptography;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>A private key on P-256 with its public one. Safe from any thread.</summary>
internal sealed class SigningKey : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (point.X!, point.Y!);
        Id = KeyIds.Of(X, Y);
    }

    /// <summary>See <see cref="KeyIds"/>.</summary>
    public string Id { get; }

    /// <summary>First coordinate of the public key, 32 bytes.</summary>
    public byte[] X { get; }

    /// <summary>Second coordinate of the public key, 32 bytes.</summary>
    public byte[] Y { get; }

    /// <summary>A key that nobody had before.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A key from its file's text.</summary>
    /// <exception cref="CryptographicException">The text is no private key on P-256.</exception>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: true) is { D: not null } parameters
                && parameters.Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new SigningKey(key)
                : throw new CryptographicException("the key is not one on P-256");
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException($"not a private key on P-256: {failure.Message}", failure);
        }
    }

    /// <summary>What its file holds.</summary>
    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <summary>A token that says all this.</summary>
    public string Sign(TokenClaims claims)
    {
        var signed = TokenText.ToSigned(Id, claims);
        lock (_gate)
        {
            return TokenText.Join(signed, _key.SignData(
                System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
