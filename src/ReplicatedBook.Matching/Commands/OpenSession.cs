using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Matching.Commands;

/// <summary>Begins a session after a login. The user's oldest gives way where there are too many.</summary>
/// <param name="User">Whose.</param>
/// <param name="TokenVersion">What it was when the password was verified; refused if it is another by now.</param>
/// <param name="RootHash">SHA-256 of the secret that all refresh tokens of the session share.</param>
/// <param name="CurrentHash">SHA-256 of the secret that only the first one has.</param>
/// <param name="Lifetime">Microseconds of cluster time, from <see cref="MinLifetime"/> to
/// <see cref="MaxLifetime"/>.</param>
public readonly record struct OpenSession(
    UserId User,
    int TokenVersion,
    Bytes32 RootHash,
    Bytes32 CurrentHash,
    long Lifetime)
{
    /// <summary>One second.</summary>
    public const long MinLifetime = 1_000_000;

    /// <summary>400 days: as long as browsers keep a cookie (RFC 6265bis, 5.5).</summary>
    public const long MaxLifetime = 400L * 24 * 3_600 * 1_000_000;
}
