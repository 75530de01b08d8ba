namespace ReplicatedBook.Client;

/// <summary>Keeps a session that several processes share. A refresh token may be used once only, so whoever renews must
/// be alone, and must look first whether another has.</summary>
public interface ISessionStore
{
    /// <summary>Renews the session while no other process does.</summary>
    /// <param name="stale">The tokens that no longer hold.</param>
    /// <param name="refresh">Exchanges a refresh token; null when that did not work.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>The tokens to go on with, kept already; null when there are none.</returns>
    Task<SessionTokens?> RenewAsync(
        SessionTokens stale, Func<string, Task<SessionTokens?>> refresh, CancellationToken cancellation);
}
