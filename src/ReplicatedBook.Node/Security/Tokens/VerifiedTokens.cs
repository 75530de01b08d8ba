using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace ReplicatedBook.Node.Security.Tokens;

/// <summary>Tokens whose signature was found to hold, so that it is computed once for each. Safe from any
/// thread.</summary>
/// <remarks>Bounded by two generations: when the younger is full it becomes the older, whose tokens are dropped unless
/// they were used. Kept by SHA-256: how long a look takes says nothing of the tokens that are in it.</remarks>
internal sealed class VerifiedTokens
{
    private readonly int _capacity;
    private ConcurrentDictionary<UInt256, VerifiedToken> _young = new();
    private ConcurrentDictionary<UInt256, VerifiedToken> _old = new();
    private int _room;

    /// <param name="capacity">Tokens of one generation; positive.</param>
    public VerifiedTokens(int capacity) => (_capacity, _room) = (capacity, capacity);

    /// <summary>How many are held; at most twice the capacity.</summary>
    public int Count => _young.Count + _old.Count;

    /// <summary>The name of a token here.</summary>
    public static UInt256 NameOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return UInt256.Read(hash);
    }

    /// <summary>What was found before; null for nothing.</summary>
    public VerifiedToken? Find(UInt256 name)
    {
        if (_young.TryGetValue(name, out var found))
        {
            return found;
        }

        if (_old.TryGetValue(name, out found))
        {
            Add(name, found);
        }

        return found;
    }

    /// <summary>Keeps what was found.</summary>
    public void Add(UInt256 name, VerifiedToken token)
    {
        if (_young.TryAdd(name, token) && Interlocked.Decrement(ref _room) == 0)
        {
            _old = Interlocked.Exchange(ref _young, new ConcurrentDictionary<UInt256, VerifiedToken>());
            Interlocked.Exchange(ref _room, _capacity);
        }
    }
}
