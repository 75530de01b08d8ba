using System.Collections.Concurrent;
using ReplicatedBook.Matching;
using ReplicatedBook.Matching.Values;
using ReplicatedBook.Matching.Views;
using ReplicatedBook.Node.Security.Tokens;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Security.Identity;

/// <summary>Users and keys as this node's state has them, so that a request need not ask the replica's thread. Safe
/// from any thread.</summary>
/// <remarks>All that is kept is of one value of <see cref="ReplicaStatus.IdentityIndex"/> and dropped with it: once a
/// change is applied here, nothing from before it decides. Only what exists is kept, and only so much of it, so nobody
/// can fill it with guesses.</remarks>
internal sealed class IdentityCache(IReplicatedLog log, IReplicaReader reader)
{
    private const int MaxKept = 100_000;

    private readonly ConcurrentDictionary<string, VerificationKey> _verificationKeys = new();
    private volatile Generation _generation = new(-1);

    /// <summary>A user; null when this node knows none.</summary>
    public async ValueTask<UserView?> UserAsync(UserId id, CancellationToken cancellation)
    {
        var generation = Current();
        return generation.Users.TryGetValue(id.Value, out var known)
            ? known
            : Keep(generation, generation.Users, id.Value, await ReadAsync(
                exchange => exchange.UserById(id), cancellation));
    }

    /// <summary>An API key; null when this node knows none.</summary>
    public async ValueTask<KnownApiKey?> ApiKeyAsync(ApiKeyId id, CancellationToken cancellation)
    {
        var generation = Current();
        return generation.ApiKeys.TryGetValue(id.Value, out var known)
            ? known
            : Keep(generation, generation.ApiKeys, id.Value, await ReadAsync(
                exchange => exchange.ApiKeyById(id) is { } view && exchange.SecretHashOf(id) is { } hash
                    ? new KnownApiKey(view, hash)
                    : null,
                cancellation));
    }

    /// <summary>A session; null when this node knows none that goes on. Its end by time is for the caller to see; any
    /// other end is a change.</summary>
    public async ValueTask<SessionView?> SessionAsync(SessionId id, CancellationToken cancellation)
    {
        var generation = Current();
        return generation.Sessions.TryGetValue(id.Value, out var known)
            ? known
            : Keep(generation, generation.Sessions, id.Value, await ReadAsync(
                exchange => exchange.SessionById(id), cancellation));
    }

    /// <summary>The public keys whose tokens hold.</summary>
    public async ValueTask<KeyRing> KeysAsync(CancellationToken cancellation)
    {
        var generation = Current();
        if (generation.Keys is { } known)
        {
            return known;
        }

        var (views, index) = await ReadAsync(exchange => exchange.SigningKeys, cancellation);
        var ring = new KeyRing(
            views.Where(view => view.RetiredAt is null).Select(VerificationKeyOf).OfType<VerificationKey>());
        if (index == generation.Index)
        {
            generation.Keys = ring;
        }

        return ring;
    }

    private Generation Current()
    {
        var index = log.Status.IdentityIndex;
        var generation = _generation;
        if (generation.Index != index || generation.IsFull)
        {
            _generation = generation = new Generation(index);
        }

        return generation;
    }

    private async ValueTask<(T Value, long Index)> ReadAsync<T>(
        Func<Exchange, T> query, CancellationToken cancellation) =>
        (await reader.ReadAsync(exchange => (query(exchange), exchange.IdentityIndex), cancellation)).Value;

    // What was read after a later change belongs to a later generation.
    private static T? Keep<T>(
        Generation generation, ConcurrentDictionary<long, T> kept, long id, (T? Value, long Index) read)
        where T : class
    {
        if (read.Value is { } found && read.Index == generation.Index)
        {
            kept[id] = found;
            generation.Count();
        }

        return read.Value;
    }

    // The same key is met again in every generation; few nodes ever had one, so none is forgotten.
    private VerificationKey? VerificationKeyOf(SigningKeyView view)
    {
        if (!_verificationKeys.TryGetValue(view.Kid, out var key) && VerificationKey.TryCreate(view, out key))
        {
            _verificationKeys[view.Kid] = key;
        }

        return key;
    }

    private sealed class Generation(long index)
    {
        private int _kept;

        public long Index { get; } = index;

        public ConcurrentDictionary<long, UserView> Users { get; } = new();

        public ConcurrentDictionary<long, KnownApiKey> ApiKeys { get; } = new();

        public ConcurrentDictionary<long, SessionView> Sessions { get; } = new();

        public KeyRing? Keys { get; set; }

        public bool IsFull => Volatile.Read(ref _kept) >= MaxKept;

        public void Count() => Interlocked.Increment(ref _kept);
    }
}
