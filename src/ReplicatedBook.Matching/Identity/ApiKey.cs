using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>One API key that is not revoked.</summary>
internal struct ApiKey
{
    /// <summary>From 1 in order of creation.</summary>
    public long Id;

    /// <summary>For people; may be empty.</summary>
    public string Label;

    /// <summary>Where it may be used from; none for anywhere.</summary>
    public string[] AllowedAddresses;

    /// <summary>SHA-256 of its secret.</summary>
    public Bytes32 SecretHash;

    /// <summary>When it ends; 0 for never.</summary>
    public long ExpiresAt;

    /// <summary>Log index that added it.</summary>
    public long CreatedIndex;

    /// <summary>When.</summary>
    public long CreatedAt;

    /// <summary>Whose.</summary>
    public int User;

    /// <summary>The user's next key; -1 for none.</summary>
    public int Next;

    /// <summary>The user's previous key; -1 for none.</summary>
    public int Previous;

    /// <summary>At least one.</summary>
    public Scopes Scopes;
}
