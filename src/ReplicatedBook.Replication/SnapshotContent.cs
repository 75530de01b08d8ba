using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot as it goes to disk.</summary>
/// <param name="Mark">Last entry it contains.</param>
/// <param name="Bytes">Its content; not changed after creation.</param>
public readonly record struct SnapshotContent(SnapshotMark Mark, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>SHA-256 over the exchange's canonical bytes, the same as Exchange.StateHash at this position; a walk
    /// over all of it, so not for the replica's thread.</summary>
    /// <exception cref="FormatException">The bytes are no snapshot.</exception>
    public Digest StateHash()
    {
        var reader = new MessagePackReader(Bytes.Span);
        if (!reader.TrySkip())
        {
            throw new FormatException("a snapshot begins with its position");
        }

        Span<byte> hash = stackalloc byte[Digest.Size];
        SHA256.HashData(Bytes.Span[reader.Consumed..], hash);
        return Digest.FromBytes(hash);
    }
}
