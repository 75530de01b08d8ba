namespace ReplicatedBook.Replication;

/// <summary>Hashes of this node's whole state at the indexes of its last snapshots.</summary>
internal sealed class StateHashes
{
    private const int Kept = 16;
    private readonly (long Index, Digest Hash)[] _ring = new (long, Digest)[Kept];
    private int _next;

    /// <summary>The last; index 0 before the first.</summary>
    public (long Index, Digest Hash) Newest { get; private set; }

    /// <summary>Adds one; indexes only rise.</summary>
    public void Add(long index, in Digest hash)
    {
        Newest = (index, hash);
        _ring[_next] = Newest;
        _next = (_next + 1) % Kept;
    }

    /// <summary>The hash at an index; null when there is none, or no longer.</summary>
    public Digest? At(long index)
    {
        foreach (var (known, hash) in _ring)
        {
            if (known == index && index > 0)
            {
                return hash;
            }
        }

        return null;
    }
}
