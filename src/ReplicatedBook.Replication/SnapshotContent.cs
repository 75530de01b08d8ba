using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot as it goes to disk. Not for the replica's thread, since it walks over all of it; one thread at a
/// time.</summary>
public sealed class SnapshotContent
{
    private readonly Func<ReadOnlyMemory<byte>> _read;
    private ReadOnlyMemory<byte>? _bytes;

    /// <param name="mark">Last entry it contains.</param>
    /// <param name="read">Gives its content; called once.</param>
    internal SnapshotContent(SnapshotMark mark, Func<ReadOnlyMemory<byte>> read) => (Mark, _read) = (mark, read);

    /// <summary>Last entry it contains.</summary>
    public SnapshotMark Mark { get; }

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes ??= _read();

    /// <summary>SHA-256 over the exchange's canonical bytes, the same as Exchange.StateHash at this position.</summary>
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
