using System.Buffers.Text;
using System.Security.Cryptography;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Options;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Gives access tokens out. Safe from any thread.</summary>
internal sealed class TokenIssuer(NodeKeys keys, IReplicaReader reader, NodeSettings settings)
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const int IdBytes = 16;

    /// <summary>How long a token holds, in seconds.</summary>
    public long Lifetime => (long)settings.Auth.AccessTokenLifetime.TotalSeconds;

    /// <summary>Whether the cluster knows a key of this node's.</summary>
    public bool IsReady => keys.Current is not null;

    /// <summary>A token for a user's session.</summary>
    /// <exception cref="InvalidOperationException">The node is not ready.</exception>
    public string Issue(UserView user, SessionId session)
    {
        var key = keys.Current ?? throw new InvalidOperationException("the cluster knows no key of this node's yet");
        var now = reader.ClusterTime.Microseconds / MicrosecondsPerSecond;
        return key.Sign(new TokenClaims(
            settings.Cluster.Id, TokenClaims.Api, user.Id, session, now, now + Lifetime,
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), user.Roles,
            Scopes.Read | Scopes.Trade, user.TokenVersion));
    }
}
