using System.Buffers;
using System.Text;
using ReplicatedBook.Matching.Encoding;
using ReplicatedBook.Replication;

namespace ReplicatedBook.Node.Gateway;

/// <summary>A node's digest after an entry.</summary>
/// <param name="Error">Empty, or why there is none.</param>
/// <param name="Term">Term of the entry.</param>
/// <param name="Digest">Running digest.</param>
/// <param name="StateHash">Only where asked for.</param>
/// <remarks>On the wire a MessagePack array: version 1, error, term, digest (32 bytes), state hash (32 bytes or
/// nil).</remarks>
internal sealed record DigestReport(string Error, long Term, Digest Digest, Digest? StateHash)
{
    public const string Unreachable = "unreachable";
    public const string NotReached = "index_not_reached";
    public const string Compacted = "index_compacted";

    private const int Version = 1;

    public static DigestReport Failed(string error) => new(error, 0, default, null);

    public ReadOnlyMemory<byte> ToBytes()
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        var buffer = new ArrayBufferWriter<byte>(128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(5);
        writer.WriteInteger(Version);
        writer.WriteText(Encoding.UTF8.GetBytes(Error));
        writer.WriteInteger(Term);
        Digest.CopyTo(bytes);
        writer.WriteBytes(bytes);
        if (StateHash is { } hash)
        {
            hash.CopyTo(bytes);
            writer.WriteBytes(bytes);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Null when the bytes are no such report.</summary>
    public static DigestReport? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (!reader.TryReadArrayHeader(out var count) || count != 5
            || !reader.TryReadInteger(out var version) || version != Version
            || !reader.TryReadText(out var error) || error.Length > 64
            || !reader.TryReadInteger(out var term)
            || !reader.TryReadBytes(out var digest) || digest.Length != Digest.Size)
        {
            return null;
        }

        Digest? stateHash = null;
        if (!reader.TryReadNil())
        {
            if (!reader.TryReadBytes(out var hash) || hash.Length != Digest.Size)
            {
                return null;
            }

            stateHash = Digest.FromBytes(hash);
        }

        return reader.IsAtEnd
            ? new DigestReport(Encoding.UTF8.GetString(error), term, Digest.FromBytes(digest), stateHash)
            : null;
    }
}
