using System.Buffers;
using System.Security.Cryptography;
using ReplicatedBook.Consensus;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Replication;

/// <summary>A snapshot as it goes to disk.</summary>
/// <param name="Mark">Last entry it contains.</param>
/// <param name="Bytes">Its content, in pieces as they were written.</param>
public sealed record SnapshotContent(SnapshotMark Mark, ReadOnlySequence<byte> Bytes)
{
    private const int SliceBytes = 1 << 20; // About a millisecond to hash.

    /// <summary>SHA-256 over the exchange's canonical bytes, the same as Exchange.StateHash at this position. Not for
    /// the replica's thread, since it walks over all of it.</summary>
    /// <param name="pause">Called about once a millisecond of work: a snapshot has time.</param>
    /// <exception cref="FormatException">The bytes are no snapshot.</exception>
    public Digest StateHash(Action? pause = null)
    {
        var reader = new MessagePackReader(Bytes.FirstSpan);
        if (!reader.TrySkip())
        {
            throw new FormatException("a snapshot begins with its position");
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var rest = Bytes.Slice(reader.Consumed); rest.Length > 0;)
        {
            var slice = rest.Slice(0, Math.Min(SliceBytes, rest.Length));
            foreach (var piece in slice)
            {
                sha.AppendData(piece.Span);
            }

            rest = rest.Slice(slice.End);
            pause?.Invoke();
        }

        Span<byte> hash = stackalloc byte[Digest.Size];
        sha.GetHashAndReset(hash);
        return Digest.FromBytes(hash);
    }
}
