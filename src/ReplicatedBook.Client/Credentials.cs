using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Client;

/// <summary>What a client proves its user with: an API key or access token as it is, or a session whose access token is
/// renewed when it no longer holds. Safe from any thread; one instance may serve several clients.</summary>
public sealed class Credentials
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ISessionStore? _store;
    private volatile SessionTokens _tokens;

    private Credentials(SessionTokens tokens, ISessionStore? store) => (_tokens, _store) = (tokens, store);

    /// <summary>What goes into <c>Authorization: Bearer</c> now.</summary>
    public string Bearer => _tokens.AccessToken;

    /// <summary>The session as it is now; without a refresh token for an API key or a bare access token.</summary>
    public SessionTokens Session => _tokens;

    /// <summary>An API key or access token that is used as it is.</summary>
    public static Credentials Of(string bearer) => new(new SessionTokens(bearer, null), null);

    /// <summary>A session, as a login gave it.</summary>
    /// <param name="tokens">With a refresh token.</param>
    /// <param name="store">Where the session is kept beyond this process; null for nowhere.</param>
    public static Credentials Of(SessionTokens tokens, ISessionStore? store = null) => new(tokens, store);

    /// <summary>The tokens of a login's answer.</summary>
    public static SessionTokens TokensOf(TokenResponse answer) => new(answer.AccessToken, answer.RefreshToken);

    /// <summary>Renews the session unless somebody else has done so.</summary>
    /// <param name="refused">The bearer that no longer holds.</param>
    /// <param name="refresh">Exchanges a refresh token; null when that did not work.</param>
    /// <param name="cancellation">Gives it up.</param>
    /// <returns>Whether there is another bearer now.</returns>
    internal async Task<bool> RenewAsync(
        string refused, Func<string, Task<SessionTokens?>> refresh, CancellationToken cancellation)
    {
        if (_tokens.RefreshToken is null)
        {
            return false;
        }

        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_tokens.AccessToken != refused)
            {
                return true;
            }

            var next = _store is null
                ? await refresh(_tokens.RefreshToken!).ConfigureAwait(false)
                : await _store.RenewAsync(_tokens, refresh, cancellation).ConfigureAwait(false);
            if (next is not null)
            {
                _tokens = next;
            }

            return next is not null;
        }
        finally
        {
            _gate.Release();
        }
    }
}
