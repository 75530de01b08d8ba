using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot as it goes to disk. Not for the replica's thread, since it walks over all of it; one thread at a
/// time.</summary>
public sealed class SnapshotContent
{
    private const int SliceBytes = 1 << 20; // About a millisecond to hash.

    private readonly Func<Action?, ReadOnlyMemory<byte>> _read;
    private ReadOnlyMemory<byte>? _bytes;

    /// <param name="mark">Last entry it contains.</param>
    /// <param name="read">Gives its content, and calls what it is given now and then; called once.</param>
    internal SnapshotContent(SnapshotMark mark, Func<Action?, ReadOnlyMemory<byte>> read) =>
        (Mark, _read) = (mark, read);

    /// <summary>Last entry it contains.</summary>
    public SnapshotMark Mark { get; }

    /// <summary>Its content.</summary>
    /// <param name="pause">Called about once a millisecond of work: a snapshot has time.</param>
    public ReadOnlyMemory<byte> Read(Action? pause = null) => _bytes ??= _read(pause);

    /// <summary>SHA-256 over the exchange's canonical bytes, the same as Exchange.StateHash at this position.</summary>
    /// <param name="pause">As for <see cref="Read"/>.</param>
    /// <exception cref="FormatException">The bytes are no snapshot.</exception>
    public Digest StateHash(Action? pause = null)
    {
        var bytes = Read(pause).Span;
        var reader = new MessagePackReader(bytes);
        if (!reader.TrySkip())
        {
            throw new FormatException("a snapshot begins with its position");
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var start = reader.Consumed; start < bytes.Length; start += SliceBytes)
        {
            sha.AppendData(bytes[start..Math.Min(start + SliceBytes, bytes.Length)]);
            pause?.Invoke();
        }

        Span<byte> hash = stackalloc byte[Digest.Size];
        sha.GetHashAndReset(hash);
        return Digest.FromBytes(hash);
    }
}
