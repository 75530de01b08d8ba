using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Identity;

/// <summary>One session: a family of refresh tokens, of which one is good at a time.</summary>
internal struct Session
{
    /// <summary>From 1 in order of creation.</summary>
    public long Id;

    /// <summary>SHA-256 of the secret that all its tokens share.</summary>
    public Bytes32 RootHash;

    /// <summary>SHA-256 of the secret that only the newest has.</summary>
    public Bytes32 CurrentHash;

    /// <summary>When it ends by itself.</summary>
    public long ExpiresAt;

    /// <summary>When it began.</summary>
    public long CreatedAt;

    /// <summary>Whose.</summary>
    public int User;

    /// <summary>The user's next session; -1 for none.</summary>
    public int Next;

    /// <summary>The user's previous session; -1 for none.</summary>
    public int Previous;
}
