using System.Net;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Judges access tokens and API keys by this node's state. Safe from any thread.</summary>
internal sealed class CredentialJudge(IdentityCache cache, TokenVerifier verifier, IReplicaReader reader)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    /// <summary>Judges a credential.</summary>
    /// <param name="credential">As given.</param>
    /// <param name="origin">Where it came from.</param>
    /// <param name="cancellation">Gives the wait for the replica up.</param>
    public ValueTask<Judgement> JudgeAsync(string credential, IPAddress? origin, CancellationToken cancellation) =>
        credential.StartsWith(CredentialText.ApiKeyPrefix, StringComparison.Ordinal)
            ? JudgeApiKeyAsync(credential, origin, cancellation)
            : JudgeTokenAsync(credential, origin, cancellation);

    private async ValueTask<Judgement> JudgeTokenAsync(
        string token, IPAddress? origin, CancellationToken cancellation)
    {
        var keys = await cache.KeysAsync(cancellation);
        var now = reader.ClusterTime.Microseconds / MicrosecondsPerSecond;
        switch (verifier.Verify(token, keys, now, out var claims))
        {
            case TokenFault.Expired:
                return new Judgement(null, IsExpired: true);
            case TokenFault.UnknownKey:
                return new Judgement(null, MayBeNewer: true);
            case not TokenFault.None:
                return default;
        }

        if (await cache.UserAsync(claims!.User, cancellation) is not { } user || claims.Version > user.TokenVersion)
        {
            return new Judgement(null, MayBeNewer: true);
        }

        if (user.IsDisabled || claims.Version < user.TokenVersion)
        {
            return default;
        }

        // One that is over is not told from one that has just begun elsewhere.
        return await cache.SessionAsync(claims.Session, cancellation) is { } session && session.User == user.Id
            && reader.ClusterTime.Microseconds < session.ExpiresAt.Microseconds
            ? new Judgement(new Caller(user.Id, user.Roles, claims.Scopes, origin) { Session = session.Id })
            : new Judgement(null, MayBeNewer: true);
    }

    private async ValueTask<Judgement> JudgeApiKeyAsync(
        string text, IPAddress? origin, CancellationToken cancellation)
    {
        if (CredentialText.ReadApiKey(text) is not var (id, secret))
        {
            return default;
        }

        if (await cache.ApiKeyAsync(new ApiKeyId(id), cancellation) is not { } key)
        {
            return new Judgement(null, MayBeNewer: true);
        }

        var view = key.View;
        if (!key.Matches(secret) || !key.Allows(origin)
            || view.ExpiresAt is { } end && reader.ClusterTime.Microseconds >= end.Microseconds)
        {
            return default;
        }

        return await cache.UserAsync(view.User, cancellation) is { IsDisabled: false } user
            ? new Judgement(new Caller(user.Id, user.Roles, view.Scopes, origin))
            : default;
    }
}
