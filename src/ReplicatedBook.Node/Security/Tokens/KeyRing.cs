using System.Collections.Frozen;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>The public keys whose tokens hold, at one moment.</summary>
internal sealed class KeyRing(IEnumerable<VerificationKey> keys)
{
    private readonly FrozenDictionary<string, VerificationKey> _keys = keys.ToFrozenDictionary(key => key.Id);

    /// <summary>Without keys no token holds.</summary>
    public static KeyRing Empty { get; } = new([]);

    /// <summary>A key by its name; null for one that is unknown or retired.</summary>
    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);
}
