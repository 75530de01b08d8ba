using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot as it goes to disk. Not for the replica's thread, since it walks over all of it; one thread at a
/// time.</summary>
public sealed class SnapshotContent
{
    /// <summary>Bytes that are worked on between two pauses: about a millisecond's work.</summary>
    internal const int SliceBytes = 1 << 20;

    private readonly Func<Action, ReadOnlyMemory<byte>> _read;
    private ReadOnlyMemory<byte>? _bytes;

    /// <param name="mark">Last entry it contains.</param>
    /// <param name="read">Gives its content, calling what it is given after each slice; called once.</param>
    internal SnapshotContent(SnapshotMark mark, Func<Action, ReadOnlyMemory<byte>> read) =>
        (Mark, _read) = (mark, read);

    /// <summary>Last entry it contains.</summary>
    public SnapshotMark Mark { get; }

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes ??= _read(Pause);

    /// <summary>Called after each slice that was worked on. A snapshot has time: whoever writes it gives way to those
    /// who have not.</summary>
    internal Action Pause { private get; set; } = static () => { };

    /// <summary>SHA-256 over the exchange's canonical bytes, the same as Exchange.StateHash at this position.</summary>
    /// <exception cref="FormatException">The bytes are no snapshot.</exception>
    public Digest StateHash()
    {
        var reader = new MessagePackReader(Bytes.Span);
        if (!reader.TrySkip())
        {
            throw new FormatException("a snapshot begins with its position");
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var start = reader.Consumed; start < Bytes.Length; start += SliceBytes)
        {
            sha.AppendData(Bytes.Span[start..Math.Min(start + SliceBytes, Bytes.Length)]);
            Pause();
        }

        Span<byte> hash = stackalloc byte[Digest.Size];
        sha.GetHashAndReset(hash);
        return Digest.FromBytes(hash);
    }
}
